import { EngineError } from '../errors/engine-error.ts';
import type { Spend } from '../go/function.ts';

export interface ExpressionLimits {
  /** Turns of loops (each as large as its body), elements compared, and what large texts cost; 1 million. */
  readonly steps: number;
  /** Sum of all that is made: a character counts 1, a place in an array or map 16. 16 MiB. */
  readonly bytes: number;
  /** Parts inside parts of the text; 500. */
  readonly depth: number;
}

export const defaultLimits: ExpressionLimits = { steps: 1_000_000, bytes: 16 * 1024 * 1024, depth: 500 };

/** One run of an expression: what it may still spend. */
export class Run implements Spend {
  readonly #limits: ExpressionLimits;
  #steps: number;
  #bytes: number;

  constructor(limits: ExpressionLimits) {
    this.#limits = limits;
    this.#steps = limits.steps;
    this.#bytes = limits.bytes;
  }

  steps(count: number): void {
    this.#steps -= count;
    if (this.#steps < 0) throw limit(`${this.#limits.steps} steps`, 'the expression does too much');
  }

  bytes(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < 0) throw limit(`${this.#limits.bytes} bytes`, 'the expression makes too much');
  }

  /** Looking through a text costs a step for every hundred characters. */
  scan(text: string): void {
    if (text.length > 100) this.steps(text.length / 100);
  }
}

const limit = (limit: string, what: string): EngineError => new EngineError('EVENT_LIMIT', { limit, what });
