import type { Clock } from '../time/clock.ts';

/** A value that is read again when it is older than a minute. If that fails, the last good one is kept for another minute. */
export class Kept<T> {
  readonly #read: () => Promise<T>;
  readonly #clock: Clock;
  #current: { readonly value: T; readonly until: number } | undefined;
  #reading: Promise<T> | undefined;

  constructor(read: () => Promise<T>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** Rejects only when it could never be read. Many who ask at once read once. */
  async get(): Promise<T> {
    if (this.#current && this.#clock.monotonic() < this.#current.until) return this.#current.value;
    this.#reading ??= this.#renew().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  /** The value is no good any more: the next `get` reads. */
  expire(): void {
    if (this.#current) this.#current = { value: this.#current.value, until: 0 };
  }

  async #renew(): Promise<T> {
    const last = this.#current;
    const value = await this.#read().catch((thrown: unknown) => {
      if (last) return last.value;
      throw thrown;
    });
    this.#current = { value, until: this.#clock.monotonic() + 60_000 };
    return value;
  }
}
