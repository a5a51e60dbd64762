import { isObject, type Json } from '../../../json/json.ts';
import { sortedKeys } from '../../../json/sorted-keys.ts';
import { pipe } from '../../compile/basics.ts';
import { type Code, type Flow, GO, many, type Out, type PathOut, STOP, single } from '../../compile/code.ts';
import { Trail } from '../../compile/trail.ts';
import { firstOf } from '../../compile/update.ts';
import type { Env } from '../../run/env.ts';
import { Raised } from '../../run/raised.ts';
import type { Run } from '../../run/run.ts';
import { put } from '../../values/objects.ts';
import { select } from './choosing.ts';
import { type Forms, of } from './form.ts';

/** `..`: the value and all that is in it, a container before its parts. */
const everything: Code = many(
  (env, input, out) => descend(env.run, input, out),
  (env, trail, input, out) => {
    if (typeof input === 'object' && input !== null) trail.check(input, 'invalid path on iterating against');
    return descendPaths(env.run, trail, input, out);
  },
);

function descend(run: Run, value: Json, out: Out): Flow {
  run.tick(1);
  if (out(value) === STOP) return STOP;
  if (typeof value !== 'object' || value === null) return GO;
  for (const key of Array.isArray(value) ? value.keys() : sortedKeys(value)) {
    if (descend(run, (value as Record<string | number, Json>)[key]!, out) === STOP) return STOP;
  }
  return GO;
}

function descendPaths(run: Run, trail: Trail, value: Json, out: PathOut): Flow {
  run.tick(1);
  if (out(trail, value) === STOP) return STOP;
  if (typeof value !== 'object' || value === null) return GO;
  for (const key of Array.isArray(value) ? value.keys() : sortedKeys(value)) {
    const item = (value as Record<string | number, Json>)[key]!;
    if (descendPaths(run, new Trail(trail, key, item), item, out) === STOP) return STOP;
  }
  return GO;
}

/** How deep calls go into each other before outputs are put on a list instead: a chain of a million is no reason to fail. */
const lazyDepth = 200;

/**
 * `recurse(next)`: the input, and the same for each output of `next`. The first levels are lazy; below, the outputs for one value are
 * worked out together, and an error among them is raised when its turn comes.
 */
function recurse(next: Code): Code {
  const one = next.one;
  const visit = (env: Env, value: Json, out: Out, depth: number): Flow => {
    env.run.tick(1);
    if (depth === lazyDepth) return chain<Json>(env.run, value, (here, add) => next.each(env, here, add), out);
    return out(value) === STOP ? STOP : next.each(env, value, (inner) => visit(env, inner, out, depth + 1));
  };
  type Place = { readonly trail: Trail; readonly value: Json };
  const visitPath = (env: Env, place: Place, out: PathOut, depth: number): Flow => {
    env.run.tick(1);
    const inner = (here: Place, add: (deeper: Place) => Flow) =>
      next.paths(env, here.trail, here.value, (trail, value) => add({ trail, value }));
    const pass = ({ trail, value }: Place) => out(trail, value);
    if (depth === lazyDepth) return chain(env.run, place, inner, pass);
    return pass(place) === STOP ? STOP : inner(place, (deeper) => visitPath(env, deeper, out, depth + 1));
  };
  const paths: Code['paths'] = (env, trail, input, out) => visitPath(env, { trail, value: input }, out, 0);
  if (!one) return many((env, input, out) => visit(env, input, out, 0), paths);
  return many((env, input, out) => {
    for (let value = input; ; value = one(env, value)) {
      env.run.tick(1);
      if (out(value) === STOP) return STOP;
    }
  }, paths);
}

/** The same without calls inside calls. */
function chain<Place>(
  run: Run,
  start: Place,
  next: (place: Place, add: (place: Place) => Flow) => Flow,
  out: (place: Place) => Flow,
): Flow {
  const waiting: (Place | Raised)[] = [start];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (place instanceof Raised) throw place;
    run.tick(1);
    if (out(place) === STOP) return STOP;
    const found: (Place | Raised)[] = [];
    try {
      next(place, (deeper) => {
        run.growCells(1);
        found.push(deeper);
        return GO;
      });
    } catch (thrown) {
      if (!(thrown instanceof Raised)) throw thrown;
      found.push(thrown);
    }
    for (let index = found.length - 1; index >= 0; index--) waiting.push(found[index]!);
  }
  return GO;
}

/** `walk(change)`: from the inside out. In an array all outputs count, in an object the first; without one the field goes. */
function walk(change: Code): Code {
  const one = change.one;
  const inside = (env: Env, value: Json, visit: (env: Env, item: Json, list: Json[]) => void): Json => {
    env.run.tick(2);
    if (Array.isArray(value)) {
      env.run.growCells(value.length + 4);
      const list: Json[] = [];
      for (const item of value) visit(env, item, list);
      return list;
    }
    if (!isObject(value)) return value;
    const keys = sortedKeys(value);
    env.run.growCells(keys.length + 4);
    const result: Record<string, Json> = {};
    for (const key of keys) {
      const next = one ? walkOne(env, value[key]!) : firstOf(walkAll, env, value[key]!);
      if (next !== undefined) put(result, key, next);
    }
    return result;
  };
  const walkOne = (env: Env, value: Json): Json =>
    one!(
      env,
      inside(env, value, (_env, item, list) => list.push(walkOne(env, item))),
    );
  const walkAll: Code = many((env, value, out) =>
    change.each(
      env,
      inside(env, value, (_env, item, list) => {
        walkAll.each(env, item, (next) => {
          list.push(next);
          return GO;
        });
      }),
      out,
    ),
  );
  return one ? single(walkOne) : walkAll;
}

export const recursion: Forms = {
  'recurse/0': () => everything,
  'recurse/1': of(recurse),
  'recurse/2': of((next, condition) => recurse(pipe(next!, select(condition!)))),
  'walk/1': of(walk),
};
