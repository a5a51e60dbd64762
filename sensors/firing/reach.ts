import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';

const probing = { first: 200, ceiling: 5_000 };
const failuresUntilAway = 5;
const silenceUntilAway = 2_000;

/**
 * Whether a trigger's target can be reached.
 *
 * After five UNREACHABLE failures in a row, and two seconds with nothing else, it counts as away: of what has failed one at a
 * time is tried, with a back-off of its own that ends at 5 s, and the others keep their place. Any answer brings it back, and all
 * flow again. (Firings that are new are tried once even then: a trigger may talk to many hosts, of which only some are away.)
 */
export class Reach {
  #failures = 0;
  #since = 0;
  #away = false;
  #probes = 0;
  #nextProbe = 0;

  get away(): boolean {
    return this.#away;
  }

  /** Nobody was there at the last attempt. */
  get silent(): boolean {
    return this.#failures > 0;
  }

  /** Nobody was there. True if it counts as away from now on. */
  failed(now: number): boolean {
    if (this.#failures === 0) this.#since = now;
    this.#failures += 1;
    const wasAway = this.#away;
    this.#away = this.#failures >= failuresUntilAway && now - this.#since >= silenceUntilAway;
    if (this.#away && now >= this.#nextProbe) {
      this.#probes += 1;
      this.#nextProbe = now + Math.ceil(waitAfter(this.#probes, probing));
    }
    return this.#away && !wasAway;
  }

  /** It answered, be it with an error. True if it was away until now. */
  answered(): boolean {
    const wasAway = this.#away;
    this.#failures = 0;
    this.#probes = 0;
    this.#away = false;
    return wasAway;
  }

  /** How long to wait before something that has failed is tried again. */
  pauseFor(now: number): number {
    return this.#away ? Math.max(0, this.#nextProbe - now) : 0;
  }
}

/** Whether an attempt failed because nobody was there. */
export const isUnreachable = (error: EngineError): boolean => error.code.startsWith('UNREACHABLE_') && error.retry !== 'never';
