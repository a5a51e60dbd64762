/** How many threads are known; the one that was not written to longest is forgotten, and its key begins a new one. */
const most = 1000;

/** Which thread a key has: the timestamp of the message that began it, as Slack names threads. Known for as long as the process lives. */
export class Threads implements AsyncDisposable {
  readonly #threads = new Map<string, Promise<string | undefined>>();

  /** Posts under a key: into its thread if it has one, else the message begins it. Messages of one key are posted one after another. */
  async post(key: string, send: (thread: string | undefined) => Promise<string>): Promise<void> {
    const before = this.#threads.get(key) ?? Promise.resolve(undefined);
    const posted = before.then(async (thread) => {
      const timestamp = await send(thread);
      return thread ?? timestamp;
    });
    this.#threads.delete(key);
    // One that failed leaves the thread as it was.
    this.#threads.set(
      key,
      posted.catch(() => before),
    );
    if (this.#threads.size > most) this.#threads.delete(this.#threads.keys().next().value!);
    await posted;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#threads.clear();
  }
}
