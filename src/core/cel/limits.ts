import { EngineError } from '../errors/engine-error.ts';
import type { Spend } from '../go/function.ts';

export interface CelLimits {
  /** Turns of loops, elements compared, and what large texts cost (100 characters to the step); 1 million. */
  readonly steps: number;
  /** Sum of all that is made: a character counts 1, a place in a list or map 16. 16 MiB. */
  readonly bytes: number;
}

export const defaultLimits: CelLimits = { steps: 1_000_000, bytes: 16 * 1024 * 1024 };

/** How far parts may stand inside parts of the text, and how long it may be, in characters: cel-go's own limits. */
export const deepest = 250;
export const longest = 100_000;

/** One run of a program: what it may still spend. Throws EngineError EVENT_LIMIT. */
export class Budget implements Spend {
  readonly #limits: CelLimits;
  #steps = 0;
  #bytes = 0;

  constructor(limits: CelLimits) {
    this.#limits = limits;
  }

  steps(count: number): void {
    this.#steps += count;
    if (this.#steps > this.#limits.steps) throw limit(`${this.#limits.steps} steps`, 'the CEL expression does too much');
  }

  bytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > this.#limits.bytes) throw limit(`${this.#limits.bytes} bytes`, 'the CEL expression makes too much');
  }
}

const limit = (limit: string, what: string): EngineError => new EngineError('EVENT_LIMIT', { limit, what });

/** The stack of the process ended first. */
export const stackLimit = (cause: RangeError): EngineError =>
  new EngineError('EVENT_LIMIT', { limit: 'all of the stack', what: 'the event is nested too deeply' }, { cause });
