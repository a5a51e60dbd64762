import type { Json } from '../../json/json.ts';
import type { Native } from '../builtins/native.ts';
import type { Env } from '../run/env.ts';
import type { Node } from '../syntax/ast.ts';
import { type Code, type Flow, many, single } from './code.ts';
import { compile } from './compile.ts';
import type { Scope } from './scope.ts';

/** A call of a function of values. Each argument sees the input; of several values the first argument's change fastest. */
export function compileNative(native: Native, args: readonly Node[], scope: Scope): Code {
  const codes = args.map((arg) => compile(arg, scope));
  const [first, second, third] = codes;
  const call: Native = (run, input, a, b, c) => {
    run.tick(1);
    return native(run, input, a, b, c);
  };
  if (!first) return single((env, input) => call(env.run, input, null, null, null));
  if (codes.every((code) => code.one)) {
    const one = first.one!;
    const two = second?.one;
    const three = third?.one;
    if (!two) return single((env, input) => call(env.run, input, one(env, input), null, null));
    return single((env, input) => {
      const last = three ? three(env, input) : null;
      const middle = two(env, input);
      return call(env.run, input, one(env, input), middle, last);
    });
  }
  const each = (index: number, env: Env, input: Json, values: Json[], then: (values: Json[]) => Flow): Flow => {
    const code = codes[index];
    if (!code) return then(values);
    return code.each(env, input, (value) => each(index - 1, env, input, [value, ...values], then));
  };
  return many((env, input, out) =>
    each(codes.length - 1, env, input, [], ([a, b = null, c = null]) => out(call(env.run, input, a!, b, c))),
  );
}
