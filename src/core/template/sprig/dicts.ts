import { copied } from '../../go/copied.ts';
import { fn, GoError, type GoFunction, type Spend, variadic } from '../../go/function.ts';
import { emptyMap, type GoMap, type GoValue, isMap, isStringMap, isTrue, member, Struct, strings, typeName } from '../../go/values.ts';
import type { JsonObject } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import { textOfValue } from './strings.ts';

function dict(values: readonly GoValue[], spend: Spend): GoMap {
  const map = emptyMap();
  spend.bytes(values.length * 16);
  for (let index = 0; index < values.length; index += 2) {
    map[textOfValue(values[index], spend)] = index + 1 < values.length ? values[index + 1] : '';
  }
  return map;
}

/** The keys in their order; Go's own order changes from run to run. */
function keysOf(map: GoMap | undefined, spend: Spend): string[] {
  if (!map) return [];
  const keys = sortedKeys(map as JsonObject);
  spend.steps(keys.length);
  spend.bytes(keys.length * 16);
  return keys;
}

/** A new map of some members. */
function selected(map: GoMap | undefined, keys: readonly string[]): GoMap {
  const selection = emptyMap();
  for (const key of keys) if (map && Object.hasOwn(map, key)) selection[key] = map[key];
  return selection;
}

function without(map: GoMap | undefined, keys: readonly string[], spend: Spend): GoMap {
  const unwanted = new Set(keys);
  return selected(
    map,
    keysOf(map, spend).filter((key) => !unwanted.has(key)),
  );
}

function writable(map: GoMap | undefined): GoMap {
  if (!map) throw new GoError('assignment to entry in nil map');
  return map;
}

function assigned(map: GoMap | undefined, key: string, value: GoValue, spend: Spend): GoMap {
  const target = writable(map);
  spend.bytes(16);
  define(target, key, value);
  return target;
}

/** Also for keys that a plain object takes for something else (`__proto__`). */
function define(map: GoMap, key: string, value: GoValue): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

function removed(map: GoMap = emptyMap(), key: string): GoMap {
  delete map[key];
  return map;
}

/** Adds what is missing or empty; with `overwrites` everything. Maps inside maps are merged too. */
function merged(target: GoMap, source: GoMap, overwrites: boolean, spend: Spend): void {
  for (const key of keysOf(source, spend)) {
    const value = source[key];
    if (value === null || value === undefined) {
      if (overwrites) define(target, key, value);
      continue;
    }
    const old = member(target, key);
    if (isMap(value) && isMap(old)) {
      merged(old, value, overwrites, spend);
      continue;
    }
    const isOld = old instanceof Struct || isTrue(old);
    if (!isOld || overwrites) define(target, key, value);
  }
}

function mergeAll(target: GoMap | undefined, sources: readonly (GoMap | undefined)[], overwrites: boolean, spend: Spend): GoMap {
  const result = target ?? emptyMap();
  for (const source of sources) if (source && source !== result) merged(result, source, overwrites, spend);
  return result;
}

const changing = (changes: GoFunction): GoFunction => ({ ...changes, changesArguments: true });

const merge = changing(variadic(['map'], 'map', ([target, ...sources], spend) => mergeAll(target, sources, false, spend)));
const mergeOverwrite = changing(variadic(['map'], 'map', ([target, ...sources], spend) => mergeAll(target, sources, true, spend)));
const deepCopy = fn(['any'], ([value], spend) => {
  if (value === null) throw new GoError('there is nothing to copy in nil');
  return copied(value, spend);
});

/** `dig "a" "b" default dict`: what stands at a path of keys, or the default where a key is missing. */
function dug(values: readonly GoValue[]): GoValue {
  if (values.length < 3) throw new GoError('dig needs at least three arguments');
  const fallback = values.at(-2);
  let found: GoValue = values.at(-1);
  for (const key of values.slice(0, -2)) {
    if (typeof key !== 'string') throw new GoError(`interface conversion: interface {} is ${shownType(key)}, not string`);
    if (!isMap(found) || isStringMap(found))
      throw new GoError(`interface conversion: interface {} is ${shownType(found)}, not map[string]interface {}`);
    if (!Object.hasOwn(found, key)) return fallback;
    found = found[key];
  }
  return found;
}

const shownType = (value: GoValue): string => (value === null || value === undefined ? 'nil' : typeName(value));

export const dicts: Readonly<Record<string, GoFunction>> = {
  dict: variadic([], 'any', (values, spend) => dict(values, spend)),
  get: fn(['map', 'string'], ([map, key]) => (map && Object.hasOwn(map, key) ? map[key] : '')),
  set: changing(fn(['map', 'string', 'any'], ([map, key, value], spend) => assigned(map, key, value, spend))),
  unset: changing(fn(['map', 'string'], ([map, key]) => removed(map, key))),
  hasKey: fn(['map', 'string'], ([map, key]) => map !== undefined && Object.hasOwn(map, key)),
  pluck: variadic(['string'], 'map', ([key, ...maps]) => maps.filter((map) => map && Object.hasOwn(map, key)).map((map) => map![key])),
  keys: variadic([], 'map', (maps, spend) => strings(maps.flatMap((map) => keysOf(map, spend)))),
  values: fn(['map'], ([map], spend) => keysOf(map, spend).map((key) => map![key])),
  pick: variadic(['map'], 'string', ([map, ...keys]) => selected(map, keys)),
  omit: variadic(['map'], 'string', ([map, ...keys], spend) => without(map, keys, spend)),
  merge,
  mustMerge: merge,
  mergeOverwrite,
  mustMergeOverwrite: mergeOverwrite,
  deepCopy,
  mustDeepCopy: deepCopy,
  dig: variadic([], 'any', (values) => dug(values)),
};
