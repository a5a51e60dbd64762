/**
 * jq, with gojq's semantics: a program becomes closures once, and then runs on many events.
 *
 *     const program = compileJq('.operation = (if .type == "ADD" then "create" else "update" end)');
 *     program.first({ type: 'ADD' });   // { type: 'ADD', operation: 'create' }
 *
 * A program reads nothing but its input (and the clock it was given): no environment, no files, no further input. It never changes its
 * input; outputs may share parts with it, so whoever changes an output copies first. Programs hold no state: one may run inside another.
 */
import { EngineError } from '../errors/engine-error.ts';
import type { Json } from '../json/json.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { type Code, GO, type Out, STOP } from './compile/code.ts';
import { compile } from './compile/compile.ts';
import type { Places } from './compile/noting.ts';
import { Scope } from './compile/scope.ts';
import { Env } from './run/env.ts';
import { Halt, Raised } from './run/raised.ts';
import { defaultLimits, type JqLimits, processLimit, Run } from './run/run.ts';
import { parse } from './syntax/parse.ts';
import { refuse } from './syntax/refuse.ts';
import { Regexes } from './values/regexes.ts';

export type { JqEngine, JqEngineProgram } from './engine.ts';
export { type ExternalJq, openExternalJq } from './external/index.ts';
export type { JqLimits } from './run/run.ts';

export interface JqOptions extends JqLimits {
  /** What `now` reads. */
  readonly clock: Clock;
}

export interface JqProgram {
  /**
   * The first output, or undefined when there is none; nothing behind it is worked out. Throws EngineError EVENT_TRANSFORM_FAILED with
   * jq's own message and, in the field `offset`, the place of the term that failed, or EVENT_LIMIT when the program spends more than it may.
   */
  first(input: Json): Json | undefined;
  /** All outputs. Throws as `first` does, after the outputs that came before. */
  all(input: Json): Iterable<Json>;
}

/**
 * Throws EngineError CONFIG_JQ for a program that cannot be run: what does not parse, and every name that is not defined. Its field
 * `offset` is the place in the text, in characters from 0.
 */
export function compileJq(program: string, options: Partial<JqOptions> = {}): JqProgram {
  const { clock = systemClock, ...limits } = options;
  const allowed = { ...defaultLimits, ...limits };
  const code = compileWhole(program);
  const regexes = new Regexes();
  const start = (): Env => {
    const run = new Run(allowed, clock, regexes);
    run.root = new Env(run, undefined, null);
    return run.root;
  };

  let tracing: { code: Code; places: Places } | undefined;
  /** A program that failed fails again, so its place can be looked for when there is one; the runs that go well pay nothing for it. */
  const placeOf = (input: Json, out: Out): number | undefined => {
    if (!tracing) {
      const places: Places = new WeakMap();
      tracing = { code: compileWhole(program, places), places };
    }
    try {
      tracing.code.each(start(), input, out);
    } catch (thrown) {
      if (thrown instanceof Raised || thrown instanceof Halt) return tracing.places.get(thrown);
    }
    return undefined;
  };
  return {
    first(input) {
      let first: Json | undefined;
      const env = start();
      try {
        if (code.one) return env.run.released(code.one(env, input));
        code.each(env, input, (value) => {
          first = value;
          return STOP;
        });
        return first === undefined ? undefined : env.run.released(first);
      } catch (thrown) {
        ended(thrown, () => placeOf(input, () => STOP));
      }
      return first;
    },
    *all(input) {
      const outputs: Json[] = [];
      let failed: unknown;
      const env = start();
      try {
        code.each(env, input, (value) => {
          outputs.push(value);
          return GO;
        });
      } catch (thrown) {
        failed = thrown;
      }
      for (const output of outputs) yield env.run.released(output);
      if (failed !== undefined) ended(failed, () => placeOf(input, () => GO));
    },
  };
}

function compileWhole(program: string, places?: Places): Code {
  try {
    return compile(parse(program), Scope.start({ text: program, builtins: new Map(), notSingle: new Set(), tries: 0, places }));
  } catch (thrown) {
    throw thrown instanceof RangeError ? refuse('the program is too large', 0) : thrown;
  }
}

/** What ended a run, as an EngineError; `halt` is no error. */
function ended(thrown: unknown, place: () => number | undefined): void {
  if (thrown instanceof Halt && thrown.message === undefined) return;
  if (thrown instanceof Raised || thrown instanceof Halt) {
    throw new EngineError('EVENT_TRANSFORM_FAILED', { problem: thrown.message, offset: place() });
  }
  if (thrown instanceof RangeError) throw processLimit(thrown);
  throw thrown;
}
