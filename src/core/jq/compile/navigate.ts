import { isObject, type Json } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import { Raised } from '../run/raised.ts';
import { at, fieldAt, notAnObject, sliceOf } from '../values/navigate.ts';
import { describe } from '../values/preview.ts';
import { type Code, constant, GO, identity, many, type Out, type PathOut, STOP, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import type { Scope } from './scope.ts';
import { Trail } from './trail.ts';

/** `of[key]`. For several keys and several values the values change faster. */
export function compileIndex(node: Of<'index'>, scope: Scope): Code {
  const of = compile(node.of, scope);
  const key = compile(node.key, scope);
  if (typeof key.constant === 'string') return field(of, key.constant);
  const paths: Code['paths'] = (env, trail, input, out) =>
    key.each(env, input, (wanted) =>
      of.paths(env, trail, input, (deeper, value) => {
        const found = at(env.run, value, wanted);
        deeper.check(value);
        return out(new Trail(deeper, wanted, found), found);
      }),
    );
  const base = of.one;
  const only = key.one;
  if (base && only) {
    return single((env, input) => {
      const wanted = only(env, input);
      return at(env.run, base(env, input), wanted);
    }, paths);
  }
  return many(
    (env, input, out) => key.each(env, input, (wanted) => of.each(env, input, (value) => out(at(env.run, value, wanted)))),
    paths,
  );
}

/** `.name`, the commonest of all. Names that every JavaScript object inherits take the careful way. */
function field(of: Code, name: string): Code {
  const read = name in {} ? (value: Json) => fieldAt(value, name) : (value: Json) => quickField(value, name);
  const paths: Code['paths'] = (env, trail, input, out) =>
    of.paths(env, trail, input, (deeper, value) => {
      const found = read(value);
      deeper.check(value);
      return out(new Trail(deeper, name, found), found);
    });
  const base = of.one;
  if (of === identity) return single((_env, input) => read(input), paths);
  if (base) return single((env, input) => read(base(env, input)), paths);
  return many((env, input, out) => of.each(env, input, (value) => out(read(value))), paths);
}

function quickField(value: Json, name: string): Json {
  if (isObject(value)) return value[name] ?? null;
  if (value === null) return null;
  throw notAnObject(value);
}

export function compileSlice(node: Of<'slice'>, scope: Scope): Code {
  const of = compile(node.of, scope);
  const from = node.from ? compile(node.from, scope) : constant(null);
  const to = node.to ? compile(node.to, scope) : constant(null);
  const paths: Code['paths'] = (env, trail, input, out) =>
    from.each(env, input, (start) =>
      to.each(env, input, (end) =>
        of.paths(env, trail, input, (deeper, value) => {
          const found = sliceOf(env.run, value, start, end);
          deeper.check(value);
          return out(new Trail(deeper, { start, end }, found), found);
        }),
      ),
    );
  if (of.one && from.one && to.one) {
    const [base, start, end] = [of.one, from.one, to.one];
    return single((env, input) => sliceOf(env.run, base(env, input), start(env, input), end(env, input)), paths);
  }
  return many(
    (env, input, out) =>
      from.each(env, input, (start) =>
        to.each(env, input, (end) => of.each(env, input, (value) => out(sliceOf(env.run, value, start, end)))),
      ),
    paths,
  );
}

/** `of[]`: the items of an array, the values of an object in the order of its keys. */
export function compileIterate(of: Code): Code {
  const paths: Code['paths'] = (env, trail, input, out) =>
    of.paths(env, trail, input, (deeper, value) => {
      if (typeof value === 'object' && value !== null) deeper.check(value, 'invalid path on iterating against');
      return iteratePaths(deeper, value, out, env.run);
    });
  if (of === identity) return many((env, input, out) => iterate(input, out, env.run), paths);
  return many((env, input, out) => of.each(env, input, (value) => iterate(value, out, env.run)), paths);
}

interface Ticking {
  tick(steps: number): void;
}

function iterate(value: Json, out: Out, run: Ticking): 0 | 1 {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      run.tick(1);
      if (out(value[index]!) === STOP) return STOP;
    }
    return GO;
  }
  if (!isObject(value)) throw cannotIterate(value);
  for (const key of sortedKeys(value)) {
    run.tick(1);
    if (out(value[key]!) === STOP) return STOP;
  }
  return GO;
}

function iteratePaths(trail: Trail, value: Json, out: PathOut, run: Ticking): 0 | 1 {
  if (typeof value !== 'object' || value === null) throw cannotIterate(value);
  const keys = Array.isArray(value) ? value.keys() : sortedKeys(value);
  for (const key of keys) {
    run.tick(1);
    const item = (value as Record<string | number, Json>)[key]!;
    if (out(new Trail(trail, key, item), item) === STOP) return STOP;
  }
  return GO;
}

export const cannotIterate = (value: Json) => new Raised(() => `cannot iterate over: ${describe(value)}`);
