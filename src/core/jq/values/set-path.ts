import { isObject, type Json, type JsonObject } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { compare } from './compare.ts';
import { at, bounds, clamp, notAKey, notAnArray, notAnIndex, notAnObject, rangeOf } from './navigate.ts';
import { isNumber, type Numeric, toIndex } from './numbers.ts';
import { copyOf, put } from './objects.ts';
import { preview } from './preview.ts';

/**
 * The containers that the update at hand has made itself. Only they are changed in place; everything else is copied first, so that no
 * value that somebody else holds ever changes. Without it, each of many changes in one array would copy the array again.
 */
export type Owned = Set<object>;

/** Stands where something was deleted until all deletions are done; it never leaves this file. */
const gone = Object.freeze({}) as Json;

export function getPath(run: Run, value: Json, path: readonly Json[]): Json {
  let here = value;
  for (const key of path) {
    try {
      here = at(run, here, key);
    } catch (thrown) {
      throw explain(thrown, () => `getpath(${preview(path as Json[])}) cannot be applied to ${preview(value)}`);
    }
  }
  return here;
}

export function setPath(run: Run, value: Json, path: readonly Json[], change: Json, owned: Owned = new Set()): Json {
  try {
    return update(run, value, path, 0, change, owned);
  } catch (thrown) {
    throw explain(thrown, () => `setpath(${preview(path as Json[])}; ${preview(change)}) cannot be applied to ${preview(value)}`);
  }
}

export function deletePaths(run: Run, value: Json, paths: readonly Json[], owned: Owned = new Set()): Json {
  if (paths.length === 0) return value;
  let result = value;
  try {
    for (const path of [...paths].sort((a, b) => compare(run, a, b))) {
      if (!Array.isArray(path)) throw notAnArray(path);
      result = update(run, result, path, 0, gone, owned);
    }
  } catch (thrown) {
    throw explain(thrown, () => `delpaths(${preview(paths as Json[])}) cannot be applied to ${preview(value)}`);
  }
  return sweep(run, result, owned);
}

function explain(thrown: unknown, doing: () => string): unknown {
  return thrown instanceof Raised ? new Raised(() => `${doing()}: ${thrown.message}`) : thrown;
}

function update(run: Run, value: Json, path: readonly Json[], depth: number, change: Json, owned: Owned): Json {
  if (depth === path.length) return change;
  run.tick(1);
  if (value === gone) return gone;
  const key = path[depth]!;
  const deeper = (old: Json) => update(run, old, path, depth + 1, change, owned);
  if (typeof key === 'string') {
    if (value !== null && !isObject(value)) throw notAnObject(value);
    return updateField(run, value, key, change, owned, deeper);
  }
  if (isNumber(key)) {
    if (value !== null && !Array.isArray(value)) throw notAnArray(value);
    return updateItem(run, value, key, change, owned, deeper);
  }
  if (isObject(key)) {
    if (value !== null && !Array.isArray(value)) throw notAnArray(value);
    return updateSlice(run, value, key, change, owned, deeper);
  }
  throw Array.isArray(value) ? notAnIndex(key, 'an array') : notAKey(key);
}

type Deeper = (old: Json) => Json;

function updateField(run: Run, value: JsonObject | null, key: string, change: Json, owned: Owned, deeper: Deeper): Json {
  const known = value !== null && Object.hasOwn(value, key);
  if (!known && change === gone) return value;
  const next = deeper(known ? value[key]! : null);
  if (value !== null && owned.has(value)) {
    if (!known) run.growCells(2);
    put(value, key, next);
    return value;
  }
  const copy = value === null ? {} : copyOf(run, value);
  owned.add(copy);
  put(copy, key, next);
  return copy;
}

const tooLarge = 0x20000000;

function updateItem(run: Run, value: Json[] | null, key: Numeric, change: Json, owned: Owned, deeper: Deeper): Json {
  const wanted = toIndex(key);
  const length = value?.length ?? 0;
  const index = clamp(wanted, -1, length);
  const place = index === length ? wanted : index;
  if (index < 0 || index === length) {
    if (change === gone) return value;
    if (index < 0) throw new Raised(() => `array index should not be negative: ${preview(wanted)}`);
    if (place >= tooLarge) throw new Raised(() => `array index too large: ${preview(wanted)}`);
    run.growCells(place - length + 1);
  }
  const next = deeper(value?.[place] ?? null);
  let list = value;
  if (list === null || !owned.has(list)) {
    list = list === null ? [] : list.slice();
    run.growCells(length);
    owned.add(list);
  }
  while (list.length < place) list.push(null);
  list[place] = next;
  return list;
}

function updateSlice(run: Run, value: Json[] | null, key: JsonObject, change: Json, owned: Owned, deeper: Deeper): Json {
  const [from, to] = rangeOf(key);
  const [start, end] = bounds(from, to, value?.length ?? 0, 'an array');
  if (start === end && change === gone) return value;
  const list = value ?? [];
  run.growCells(list.length);
  const next = deeper(value === null ? null : list.slice(start, end));
  if (next !== gone && !Array.isArray(next)) throw notAnArray(next);
  const middle = next === gone ? new Array<Json>(end - start).fill(gone) : (next as Json[]);
  run.growCells(middle.length);
  const result = list.slice(0, start).concat(middle, list.slice(end));
  owned.add(result);
  return result;
}

/** Takes out what was marked. A mark can only be in a container that was made for it. */
function sweep(run: Run, value: Json, owned: Owned): Json {
  if (value === gone) return null;
  if (typeof value !== 'object' || value === null || !owned.has(value)) return value;
  if (Array.isArray(value)) {
    run.tick(value.length);
    return value.filter((item) => item !== gone).map((item) => sweep(run, item, owned));
  }
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    run.tick(1);
    if (value[key] !== gone) put(result, key, sweep(run, value[key]!, owned));
  }
  return result;
}
