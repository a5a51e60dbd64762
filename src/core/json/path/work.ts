import { EngineError } from '../../errors/engine-error.ts';

/** Characters that one search may look at, in all its parts together; most of a second. */
const most = 20_000_000;

/** What the search at hand may still look at. All parts of a path share it. */
export class Work {
  readonly #path: string;
  #left = most;

  constructor(path: string) {
    this.#path = path;
  }

  /** Begins a search. What comes to the end of the stack, or of what a string can hold, ends as one that looks at too much does. */
  search<T>(run: () => T): T {
    this.#left = most;
    try {
      return run();
    } catch (thrown) {
      throw thrown instanceof RangeError ? this.#ended(thrown) : thrown;
    }
  }

  /** Throws EngineError EVENT_LIMIT. */
  spend(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw this.#limit(`${most} characters`, 'looks at too much');
  }

  #ended(cause: RangeError): EngineError {
    const isDeep = /call stack/.test(cause.message);
    return isDeep ? this.#limit('all of the stack', 'goes too deep', cause) : this.#limit('the largest size', 'makes too much', cause);
  }

  #limit(limit: string, why: string, cause?: RangeError): EngineError {
    const what = `the path ${this.#path.length > 80 ? `${this.#path.slice(0, 79)}…` : this.#path} ${why}`;
    return new EngineError('EVENT_LIMIT', { limit, what, problem: `stopped after ${limit}: ${what}` }, { cause });
  }
}
