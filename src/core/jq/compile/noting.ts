import type { Json } from '../../json/json.ts';
import { Halt, Raised } from '../run/raised.ts';
import type { Code, Flow } from './code.ts';

/** Where in the program what was raised comes from, in characters from 0. */
export type Places = WeakMap<object, number>;

/** The same code, which also notes the place of each error that begins in it. Slower: it is for a run that is known to fail. */
export function noting(code: Code, at: number, places: Places): Code {
  const noted = <Result>(run: () => Result, passing?: () => unknown): Result => {
    try {
      return run();
    } catch (thrown) {
      const begins = thrown instanceof Raised || thrown instanceof Halt;
      if (begins && thrown !== passing?.() && !places.has(thrown)) places.set(thrown, at);
      throw thrown;
    }
  };
  /** Runs with an `out` of which the errors, which begin behind this code, are let pass. */
  const throughOut = <Given extends unknown[]>(out: (...given: Given) => Flow, run: (out: (...given: Given) => Flow) => Flow): Flow => {
    let passing: unknown;
    return noted(
      () =>
        run((...given) => {
          try {
            return out(...given);
          } catch (thrown) {
            passing = thrown;
            throw thrown;
          }
        }),
      () => passing,
    );
  };
  const { one } = code;
  return {
    ...code,
    one: one && ((env, input): Json => noted(() => one(env, input))),
    each: (env, input, out) => throughOut(out, (through) => code.each(env, input, through)),
    paths: (env, trail, input, out) => throughOut(out, (through) => code.paths(env, trail, input, through)),
  };
}
