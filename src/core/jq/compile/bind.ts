import type { Json } from '../../json/json.ts';
import { Env } from '../run/env.ts';
import { type Code, type Flow, many, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import { compilePatterns } from './patterns.ts';
import type { Scope } from './scope.ts';

/** `source as $x | body`, also with patterns that take values apart. The body sees the input, and the source's paths do not count. */
export function compileBind(node: Of<'bind'>, scope: Scope, tail: boolean): Code {
  const source = compile(node.source, scope);
  const { inside, bind, plain } = compilePatterns(node.patterns, scope);
  const first = source.one;
  const body = compile(node.body, inside, tail && plain && first !== undefined);
  const paths: Code['paths'] = (env, trail, input, out) =>
    source.each(env, input, (value) => bind(env, value, (bound) => body.paths(bound, trail, input, out)));
  if (!plain || !first) {
    return many((env, input, out) => source.each(env, input, (value) => bind(env, value, (bound) => body.each(bound, input, out))), paths);
  }
  const then = body.one;
  const bound = (env: Env, input: Json) => new Env(env.run, env, first(env, input));
  if (then) return single((env, input) => then(bound(env, input), input), paths);
  return many((env, input, out): Flow => body.each(bound(env, input), input, out), paths);
}
