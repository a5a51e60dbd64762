import type { Json } from '../../../json/json.ts';
import type { Code, Flow } from '../../compile/code.ts';
import { compile } from '../../compile/compile.ts';
import type { Scope } from '../../compile/scope.ts';
import type { Env } from '../../run/env.ts';
import type { Node } from '../../syntax/ast.ts';

/** A built-in that takes filters, or has not exactly one output: it is compiled into its caller, so that its filters are plain calls. */
export type Form = (args: readonly Node[], scope: Scope, at: number) => Code;

/** A family of forms, by `name/arity`. */
export type Forms = Readonly<Record<string, Form>>;

/** A form of filters, compiled where it is called. */
export const of =
  (make: (...args: Code[]) => Code): Form =>
  (args, scope) =>
    make(...args.map((arg) => compile(arg, scope)));

/** Calls `then` with the values of `$name` arguments, for each combination; the first argument's change slowest. */
export function eachValues(codes: readonly Code[], env: Env, input: Json, then: (values: Json[]) => Flow): Flow {
  const from = (index: number, values: Json[]): Flow => {
    const code = codes[index];
    return code ? code.each(env, input, (value) => from(index + 1, [...values, value])) : then(values);
  };
  return from(0, []);
}

/** The values, where each of the arguments has exactly one. */
export function onlyValues(codes: readonly Code[]): ((env: Env, input: Json) => Json[]) | undefined {
  const ones = codes.map((code) => code.one);
  if (!ones.every((one) => one !== undefined)) return undefined;
  return (env, input) => ones.map((one) => one(env, input));
}
