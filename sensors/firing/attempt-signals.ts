import { setMaxListeners } from 'node:events';
import type { Clock } from '../../src/core/time/clock.ts';

const generation = 1_000;

/**
 * The signals that end attempts of one limit: when one takes too long, and all at the end of the shift.
 *
 * Attempts that begin within the same second share a signal, because one signal each would cost more than a cheap attempt does.
 * So an attempt is aborted after the limit and up to a second.
 */
export class AttemptSignals {
  readonly #clock: Clock;
  readonly #limit: number;
  #young: { readonly controller: AbortController; readonly from: number } | undefined;
  #old: { readonly controller: AbortController; readonly from: number }[] = [];

  constructor(limit: number, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** The signal for an attempt that begins now. */
  next(): AbortSignal {
    const now = this.#clock.monotonic();
    if (this.#young === undefined || now - this.#young.from >= generation) {
      if (this.#young) this.#old.push(this.#young);
      this.#young = { controller: new AbortController(), from: now };
      // Many attempts listen to it, and that is no leak.
      setMaxListeners(0, this.#young.controller.signal);
    }
    return this.#young.controller.signal;
  }

  /** Aborts what has taken too long. */
  tick(now: number): void {
    while (this.#old.length > 0 && now - this.#old[0]!.from >= this.#limit + generation) this.#old.shift()!.controller.abort();
    if (this.#young && now - this.#young.from >= this.#limit + generation) {
      this.#young.controller.abort();
      this.#young = undefined;
    }
  }

  abortAll(): void {
    for (const { controller } of this.#old) controller.abort();
    this.#young?.controller.abort();
  }
}
