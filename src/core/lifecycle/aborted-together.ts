interface Abortable {
  abort(reason: unknown): void;
}

/**
 * Whoever signals abort. A signal has one listener for all of them, and for as long as there are any: with one for each, it would
 * look through all of them whenever one is added.
 */
export class AbortedTogether {
  readonly #bySignal = new Map<AbortSignal, Together>();

  get isEmpty(): boolean {
    return this.#bySignal.size === 0;
  }

  /** Who comes when the signal has aborted is not told. */
  add(signal: AbortSignal, one: Abortable): void {
    let together = this.#bySignal.get(signal);
    if (!together) {
      together = new Together(signal);
      this.#bySignal.set(signal, together);
      signal.addEventListener('abort', together);
    }
    together.all.add(one);
  }

  remove(signal: AbortSignal, one: Abortable): void {
    const together = this.#bySignal.get(signal);
    if (!together?.all.delete(one) || together.all.size > 0) return;
    this.#bySignal.delete(signal);
    signal.removeEventListener('abort', together);
  }
}

/** An object in the place of a function: it costs less to make. */
class Together {
  readonly all = new Set<Abortable>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  handleEvent(): void {
    for (const one of this.all) one.abort(this.#signal.reason);
  }
}
