import { EngineError } from '../errors/engine-error.ts';

export interface LuaLimits {
  /** Instructions of the machine, and what calls and large values cost beyond that; 1 million. */
  readonly steps: number;
  /** All that is made, about, also what is thrown away: a byte of a string 1, a place in a table 64. 64 MiB. */
  readonly bytes: number;
  /** Calls inside calls; 1,000. The machine itself allows 190 where a library function or a metamethod lies between them. */
  readonly depth: number;
}

export const defaultLimits: LuaLimits = { steps: 1_000_000, bytes: 64 * 1024 * 1024, depth: 1000 };

/**
 * What one run may still spend. The error of a limit is kept in `stopped`, since Lua would catch it like any other: whoever ends a
 * protected call calls `goOn` first, which throws it again, and so nothing in a script gets past it.
 */
export class Meter {
  readonly limits: LuaLimits;
  #steps: number;
  #bytes: number;
  /** Bytes of the strings that are about to be joined. */
  #joining = 0;
  readonly #names = new Map<object, number>();
  stopped: unknown;
  /** A table that runs share was written to. */
  soiled = false;

  constructor(limits: LuaLimits) {
    this.limits = limits;
    this.#steps = limits.steps;
    this.#bytes = limits.bytes;
  }

  steps(count: number): void {
    this.#steps -= count;
    if (this.#steps < 0) this.#stop(`${this.limits.steps} steps`, 'the script does not seem to end');
  }

  bytes(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < 0) this.#stop(`${this.limits.bytes} bytes`, 'the script builds too much');
  }

  /** Said of each string before they become one, so that too large a one is never made. */
  join(bytes: number): void {
    this.#joining += bytes;
    if (this.#joining > this.#bytes) this.bytes(this.#joining);
  }

  joined(): void {
    this.#joining = 0;
  }

  deepest(): never {
    return this.#stop(`${this.limits.depth} calls inside calls`, 'the script calls itself too deeply');
  }

  /** A number that tells a table or function from the others of this run, for `tostring`. */
  nameOf(one: object): string {
    const number = this.#names.get(one) ?? this.#names.size + 1;
    this.#names.set(one, number);
    return `0x${number.toString(16).padStart(12, '0')}`;
  }

  /** Throws what ended the run, if it has ended. */
  goOn(): void {
    if (this.stopped !== undefined) throw this.stopped;
  }

  #stop(limit: string, what: string): never {
    this.stopped ??= new EngineError('EVENT_LIMIT', { limit, what });
    throw this.stopped;
  }
}
