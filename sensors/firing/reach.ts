import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';

const probing = { first: 200, ceiling: 5_000 };
const failuresUntilAway = 5;

/**
 * Whether a trigger's target can be reached.
 *
 * After five UNREACHABLE failures in a row it counts as away: one firing at a time is tried, with a back-off of its own that ends
 * at 5 s, and the others keep their place. Any answer brings it back, and all flow again. (One bad host among many that a
 * trigger talks to never makes it count as away, because the others answer in between.)
 */
export class Reach {
  #failures = 0;
  #nextProbe = 0;

  get away(): boolean {
    return this.#failures >= failuresUntilAway;
  }

  /** Nobody was there. True if it counts as away from now on. */
  failed(now: number): boolean {
    this.#failures += 1;
    if (!this.away) return false;
    this.#nextProbe = now + Math.ceil(waitAfter(this.#failures - failuresUntilAway + 1, probing));
    return this.#failures === failuresUntilAway;
  }

  /** It answered, be it with an error. True if it was away until now. */
  answered(): boolean {
    const was = this.away;
    this.#failures = 0;
    return was;
  }

  /** How long to wait before one more may start, with so many running. */
  pauseFor(running: number, now: number): number {
    if (!this.away) return 0;
    return running > 0 ? Number.POSITIVE_INFINITY : Math.max(0, this.#nextProbe - now);
  }
}

/** Whether an attempt failed because nobody was there. */
export const isUnreachable = (error: EngineError): boolean => error.code.startsWith('UNREACHABLE_') && error.retry !== 'never';
