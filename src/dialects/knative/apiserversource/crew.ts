/**
 * Works that run side by side and come and go. When one of them fails, all are stopped; who waits for them is told when the last has ended.
 */
export class Crew {
  readonly #working = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>();
  readonly #ready = new Map<string, boolean>();
  readonly #failure = new AbortController();
  readonly #onReady: (isReady: boolean) => void;

  /** `onReady` is told whether all of them are. */
  constructor(onReady: (isReady: boolean) => void) {
    this.#onReady = onReady;
  }

  /** Aborts when one has failed. */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  start(name: string, work: (signal: AbortSignal, ready: (isReady: boolean) => void) => Promise<void>): void {
    if (this.#working.has(name) || this.failed.aborted) return;
    const stop = new AbortController();
    const ready = (isReady: boolean): void => {
      if (this.#ready.has(name)) this.#ready.set(name, isReady);
      this.#tell();
    };
    this.#ready.set(name, false);
    this.#tell();
    const ended = work(AbortSignal.any([stop.signal, this.failed]), ready).catch((thrown: unknown) => {
      if (!stop.signal.aborted) this.#failure.abort(thrown);
    });
    this.#working.set(name, { stop, ended });
  }

  /** Stops those whose name is not among these. Resolves when they have ended. */
  async keep(names: (name: string) => boolean): Promise<void> {
    const leaving = [...this.#working].filter(([name]) => !names(name));
    for (const [name, { stop }] of leaving) {
      this.#ready.delete(name);
      stop.abort();
    }
    await Promise.all(leaving.map(([, { ended }]) => ended));
    for (const [name] of leaving) this.#working.delete(name);
    this.#tell();
  }

  /** Stops all, and throws what one of them failed with. */
  async end(): Promise<void> {
    await this.keep(() => false);
    if (this.failed.aborted) throw this.failed.reason;
  }

  #tell(): void {
    this.#onReady([...this.#ready.values()].every(Boolean));
  }
}
