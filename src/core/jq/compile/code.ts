import type { Json } from '../../json/json.ts';
import type { Env } from '../run/env.ts';
import type { FunctionEntry } from './scope.ts';
import type { Trail } from './trail.ts';

/** Whether the one who makes outputs goes on, stops, or has left a call in tail position to its caller. */
export type Flow = 0 | 1 | 2;
export const GO = 0;
export const STOP = 1;
export const TAIL = 2;

/** Takes one output; answers STOP when it wants no more. */
export type Out = (value: Json) => Flow;
export type PathOut = (trail: Trail, value: Json) => Flow;

/** A filter, compiled. Outputs are handed to a callback, so that a filter that makes a million holds none of them. */
export interface Code {
  /**
   * Set where the filter always has exactly one output (or raises): most do, and a plain call is several times faster than a callback.
   * In tail position it may answer `pending`.
   */
  readonly one: ((env: Env, input: Json) => Json) | undefined;
  readonly each: (env: Env, input: Json, out: Out) => Flow;
  /** The same outputs with the path that leads to each. */
  readonly paths: (env: Env, trail: Trail, input: Json, out: PathOut) => Flow;
  /** Set where the output is the same for every input. */
  readonly constant?: Json;
}

/** A call that is still to be made: of `target`, by whoever called the function that ended in it. */
export interface PendingCall {
  readonly target: FunctionEntry;
  readonly env: Env;
  readonly input: Json;
  readonly out: Out | undefined;
}

/** What `one` answers when it leaves a call in `run.pending`. */
export const pending = Object.freeze({}) as Json;

export function single(one: (env: Env, input: Json) => Json, paths?: Code['paths']): Code {
  return {
    one,
    each(env, input, out) {
      const value = one(env, input);
      if (value !== pending) return out(value);
      env.run.pending = { ...env.run.pending!, out };
      return TAIL;
    },
    paths: paths ?? ((env, trail, input, out) => out(trail, one(env, input))),
  };
}

export function many(each: Code['each'], paths?: Code['paths']): Code {
  return { one: undefined, each, paths: paths ?? ((env, trail, input, out) => each(env, input, (value) => out(trail, value))) };
}

/** A code whose output does not depend on anything. */
export const constant = (value: Json): Code => ({ ...single(() => value), constant: value });

/** `.`: the input itself. */
export const identity: Code = single(
  (_env, input) => input,
  (_env, trail, input, out) => out(trail, input),
);

export const isTruthy = (value: Json): boolean => value !== null && value !== false;
