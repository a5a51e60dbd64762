import type { Clock } from '../time/clock.ts';

/** As client-go's `qps` and `burst`. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Lets `burst` callers pass at once and `perSecond` after that, in the order in which they came. */
export class Turnstile {
  readonly #between: number;
  readonly #slack: number;
  readonly #clock: Clock;
  /** When the next caller may pass, had there been no burst. */
  #next = Number.NEGATIVE_INFINITY;

  constructor({ perSecond, burst }: RateLimit, clock: Clock) {
    this.#between = 1000 / perSecond;
    this.#slack = (Math.max(1, burst) - 1) * this.#between;
    this.#clock = clock;
  }

  /** Resolves when it is the caller's turn, or at once when the signal aborts. */
  async pass(signal: AbortSignal | undefined): Promise<void> {
    const now = this.#clock.monotonic();
    const turn = Math.max(this.#next, now - this.#slack);
    this.#next = turn + this.#between;
    if (turn > now) await this.#clock.sleep(turn - now, signal);
  }
}
