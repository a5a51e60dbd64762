import type { Json } from '../../json/json.ts';
import { Env } from '../run/env.ts';
import type { Owned } from '../values/set-path.ts';
import { type Code, GO, many, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import { compileInPlace } from './fold-in-place.ts';
import { compilePatterns } from './patterns.ts';
import type { Scope } from './scope.ts';

/**
 * `reduce source as $x (start; update)` and `foreach` with its optional third part. Each output of `update` is the next state; without
 * an output the state stays. For several starts it runs once for each.
 */
export function compileFold(node: Of<'reduce' | 'foreach'>, scope: Scope): Code {
  const source = compile(node.source, scope);
  const start = compile(node.start, scope);
  const { inside, bind, plain } = compilePatterns(node.patterns, scope);
  const update = compile(node.update, inside);
  const step = update.one;
  const each = (env: Env, input: Json, turn: (bound: Env) => 0 | 1 | 2) =>
    source.each(env, input, (value) => {
      env.run.tick(1);
      return plain ? turn(new Env(env.run, env, value)) : bind(env, value, turn);
    });
  if (node.kind === 'reduce') {
    const quick = node.patterns.length === 1 && !scope.program.places;
    const inPlace = quick ? compileInPlace(node.update, inside) : undefined;
    const fold = (env: Env, input: Json, from: Json): Json => {
      let state = from;
      const owned: Owned = new Set();
      each(env, input, (bound) => {
        if (inPlace) state = inPlace(bound, state, owned);
        else if (step) state = step(bound, state);
        else
          update.each(bound, state, (next) => {
            state = next;
            return GO;
          });
        return GO;
      });
      return state;
    };
    const one = start.one;
    if (one) return single((env, input) => fold(env, input, one(env, input)));
    return many((env, input, out) => start.each(env, input, (from) => out(fold(env, input, from))));
  }
  const extract = node.extract && compile(node.extract, inside);
  return many((env, input, out) =>
    start.each(env, input, (from) => {
      let state = from;
      return each(env, input, (bound) =>
        update.each(bound, state, (next) => {
          state = next;
          return extract ? extract.each(bound, next, out) : out(next);
        }),
      );
    }),
  );
}
