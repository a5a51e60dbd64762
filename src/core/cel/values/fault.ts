import { EngineError } from '../../errors/engine-error.ts';
import type { CelValue } from './value.ts';

/**
 * What an expression gives in place of a value where it fails. It is returned and not thrown: a filter that misses a field of the event is
 * an everyday thing, and `||` goes on with the other side.
 */
export class CelFault {
  readonly problem: string;
  /** In characters from 0; known once it has left the part that failed. */
  offset: number | undefined;
  readonly #limit: EngineError | undefined;

  constructor(problem: string, offset?: number, limit?: EngineError) {
    this.problem = problem;
    this.offset = offset;
    this.#limit = limit;
  }

  /** EVENT_CEL_FAILED, or EVENT_LIMIT where the expression was ended because it did too much. */
  get error(): EngineError {
    return this.#limit ?? new EngineError('EVENT_CEL_FAILED', { problem: this.problem, offset: this.offset });
  }
}

/** What a function gives for something that is not known yet: neither side of `&&` can decide instead, but a false one does. */
export class CelPending extends CelFault {}

export type CelResult = CelValue | CelFault;
