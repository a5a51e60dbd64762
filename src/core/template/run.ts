import { EngineError } from '../errors/engine-error.ts';
import type { Spend } from '../go/function.ts';
import type { GoValue } from '../go/values.ts';

export interface TemplateLimits {
  /** Actions, turns of loops, calls, and values looked at; 2 million. */
  readonly steps: number;
  /** Sum of all that was made, the output included: a character counts 1, a place in a list or map 16. 32 MiB. */
  readonly bytes: number;
  /** Templates that call templates; 1,000. The stack of the process may end before: that is the same error. */
  readonly depth: number;
}

export const defaultLimits: TemplateLimits = { steps: 2_000_000, bytes: 32 * 1024 * 1024, depth: 1000 };

/** One rendering: its output, and what it may still spend. */
export class Run implements Spend {
  output = '';
  readonly #limits: TemplateLimits;
  #steps: number;
  #bytes: number;
  #depth = 0;

  constructor(limits: TemplateLimits) {
    this.#limits = limits;
    this.#steps = limits.steps;
    this.#bytes = limits.bytes;
  }

  write(text: string): void {
    this.bytes(text.length);
    this.output += text;
  }

  steps(count: number): void {
    this.#steps -= count;
    if (this.#steps < 0) throw limit(`${this.#limits.steps} steps`, 'the template does not seem to end');
  }

  bytes(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < 0) throw limit(`${this.#limits.bytes} bytes`, 'the template makes too much');
  }

  enter(): void {
    if (++this.#depth > this.#limits.depth)
      throw limit(`${this.#limits.depth} templates inside templates`, 'the template calls itself too deeply');
  }

  leave(): void {
    this.#depth -= 1;
  }
}

/** One call of a template: its variables by place; the first is `$`. */
export interface Frame {
  readonly run: Run;
  readonly variables: GoValue[];
}

const limit = (limit: string, what: string): EngineError => new EngineError('EVENT_LIMIT', { limit, what });

/** The process's own stack or string limit was met first. */
export const processLimit = (cause: RangeError): EngineError =>
  new EngineError(
    'EVENT_LIMIT',
    /call stack/.test(cause.message)
      ? { limit: 'all of the stack', what: 'the template goes too deep' }
      : { limit: 'the largest size', what: 'the template makes too much' },
    { cause },
  );
