import { EngineError } from '../../errors/engine-error.ts';
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
