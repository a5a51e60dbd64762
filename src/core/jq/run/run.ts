import { EngineError } from '../../errors/engine-error.ts';
import type { Json } from '../../json/json.ts';
import { deepest } from '../../json/parse-exactly.ts';
import type { Clock } from '../../time/clock.ts';
import type { PendingCall } from '../compile/code.ts';
import type { Regexes } from '../values/regexes.ts';
import type { Env } from './env.ts';

export interface JqLimits {
  /** Turns of loops, calls of functions, and values looked at; 5 million, which is less than a second. */
  readonly steps: number;
  /** Calls inside calls; 10,000. The stack of the process may end before: that is the same error. */
  readonly depth: number;
  /** Sum of all that was allocated, about: a place in an array or object counts 16 bytes, a character of a text 1. 32 MiB. */
  readonly bytes: number;
}

export const defaultLimits: JqLimits = { steps: 5_000_000, depth: 10_000, bytes: 32 * 1024 * 1024 };

/** With so little the input cannot have been multiplied by much. */
const fewBytes = 8 * 16;

/** One run of a program: what it may still spend. Nothing in it survives the run. */
export class Run {
  readonly clock: Clock;
  readonly regexes: Regexes;
  readonly #limits: JqLimits;
  #steps: number;
  #bytes: number;
  depth = 0;
  /** A call in tail position that its caller makes for it. */
  pending: PendingCall | undefined;
  /** Where definitions of the program's outermost level look for variables: there are none. */
  root: Env | undefined;

  constructor(limits: JqLimits, clock: Clock, regexes: Regexes) {
    this.#limits = limits;
    this.#steps = limits.steps;
    this.#bytes = limits.bytes;
    this.clock = clock;
    this.regexes = regexes;
  }

  tick(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw limit(`${this.#limits.steps} steps`, 'the jq program does not seem to end');
  }

  grow(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) throw limit(`${this.#limits.bytes} bytes`, 'the jq program builds too much');
  }

  growCells(count: number): void {
    this.grow(count * 16);
  }

  /**
   * Gives an output back, when the run is over. An output may be as large as all that a run may make, and no deeper than JSON may be: its
   * parts can be shared, so that what was made in a few steps is more than anybody behind us could write out or walk through.
   */
  released(output: Json): Json {
    if (this.#limits.bytes - this.#bytes > fewBytes) {
      this.#bytes = this.#limits.bytes;
      this.#weigh(output, 0);
    }
    return output;
  }

  #weigh(value: Json, depth: number): void {
    if (typeof value === 'string') this.grow(value.length);
    if (typeof value !== 'object' || value === null) return;
    if (depth === deepest) throw limit(`${deepest} levels`, 'the jq program nests too deeply');
    if (Array.isArray(value)) {
      this.growCells(value.length);
      for (const item of value) this.#weigh(item, depth + 1);
    } else {
      for (const key in value) {
        this.growCells(1);
        this.#weigh(value[key]!, depth + 1);
      }
    }
  }

  enter(): void {
    this.tick(1);
    if (++this.depth > this.#limits.depth)
      throw limit(`${this.#limits.depth} calls inside calls`, 'the jq program calls itself too deeply');
  }
}

const limit = (limit: string, what: string) => new EngineError('EVENT_LIMIT', { limit, what });

/** The process's own stack or string limit was met first. */
export const processLimit = (error: RangeError): EngineError =>
  new EngineError(
    'EVENT_LIMIT',
    /call stack/.test(error.message)
      ? { limit: 'all of the stack', what: 'the jq program calls itself too deeply' }
      : { limit: 'the largest size', what: 'the jq program builds too much' },
    { cause: error },
  );
