import { isObject, type Json, type JsonObject } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import { isTruthy } from '../compile/code.ts';
import { cannotIterate } from '../compile/navigate.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { add } from '../values/arithmetic.ts';
import { compare } from '../values/compare.ts';
import { charsOf, fieldAt, matchesAt, notAKey, placesOf } from '../values/navigate.ts';
import { isNumber, toIndex } from '../values/numbers.ts';
import { put, valuesOf } from '../values/objects.ts';
import { preview, typeOf } from '../values/preview.ts';
import { deletePaths, setPath } from '../values/set-path.ts';
import type { Natives } from './native.ts';
import { cannotApply } from './refusals.ts';

export const collections: Natives = {
  'keys/0'(run, input) {
    if (Array.isArray(input)) {
      run.growCells(input.length);
      return [...input.keys()];
    }
    if (!isObject(input)) throw cannotApply('keys', input);
    const keys = sortedKeys(input);
    run.growCells(keys.length);
    return keys;
  },
  'has/1'(_run, input, key) {
    if (Array.isArray(input) && isNumber(key)) {
      const index = toIndex(key);
      return index >= 0 && index < input.length;
    }
    if (isObject(input) && typeof key === 'string') return Object.hasOwn(input, key);
    if (input === null) return false;
    throw cannotApply('has', input, key);
  },
  'add/0'(run, input) {
    const values = valuesOf(input);
    if (!values) throw cannotApply('add', input);
    return sum(run, values);
  },
  'type/0': (_run, input) => typeOf(input),
  'reverse/0'(run, input) {
    if (!Array.isArray(input)) throw cannotApply('reverse', input);
    run.growCells(input.length);
    return input.toReversed();
  },
  'contains/1': contains,
  'inside/1': (run, input, other) => contains(run, other, input),
  'indices/1': (run, input, part) => search(run, 'indices', input, part, placesOf),
  'index/1': (run, input, part) => search(run, 'index', input, part, firstPlace),
  'rindex/1': (run, input, part) => search(run, 'rindex', input, part, (so, list, wanted) => placesOf(so, list, wanted).at(-1) ?? null),
  'flatten/0': (run, input) => flattened(run, input, Number.POSITIVE_INFINITY),
  'flatten/1'(run, input, depth) {
    if (!valuesOf(input)) throw cannotApply('flatten', input);
    if (!isNumber(depth)) throw cannotApply('flatten', depth);
    if (depth < 0 || Number.isNaN(depth)) throw new Raised(() => `flatten depth should not be negative: ${preview(depth)}`);
    return flattened(run, input, Number(depth));
  },
  'transpose/0'(run, input) {
    if (!Array.isArray(input) || !input.every((row) => Array.isArray(row))) throw cannotApply('transpose', input);
    const rows = input as Json[][];
    const width = Math.max(0, ...rows.map((row) => row.length));
    run.growCells(width * rows.length);
    return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));
  },
  'bsearch/1'(run, input, wanted) {
    if (!Array.isArray(input)) throw cannotApply('bsearch', input, wanted);
    let from = 0;
    let to = input.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(run, input[middle]!, wanted) < 0) from = middle + 1;
      else to = middle;
    }
    return from < input.length && compare(run, input[from]!, wanted) === 0 ? from : -from - 1;
  },
  'to_entries/0': toEntries,
  'from_entries/0': fromEntries,
  'setpath/2'(run, input, path, value) {
    if (!Array.isArray(path)) throw cannotApply('setpath', input, path);
    return setPath(run, input, path, value);
  },
  'delpaths/1'(run, input, paths) {
    if (!Array.isArray(paths)) throw cannotApply('delpaths', input, paths);
    return deletePaths(run, input, paths);
  },
  'toarray/0': (_run, input) => (Array.isArray(input) ? input : [input]),
};

/** What `add` gives: null for no values. Texts and arrays grow in place, so that many of them cost what they hold. */
export function sum(run: Run, values: Iterable<Json>): Json {
  let total: Json = null;
  let own = false;
  for (const value of values) {
    run.tick(1);
    if (own && Array.isArray(total) && Array.isArray(value)) {
      run.growCells(value.length);
      for (const item of value) total.push(item);
    } else if (own && isObject(total) && isObject(value)) {
      const keys = Object.keys(value);
      run.growCells(keys.length);
      for (const key of keys) put(total, key, value[key]!);
    } else if (total === null && typeof value === 'object' && value !== null) {
      total = add(run, Array.isArray(value) ? [] : {}, value);
      total = Array.isArray(total) ? total.slice() : { ...(total as JsonObject) };
      own = true;
    } else {
      if (typeof total === 'string' && typeof value === 'string') run.grow(-total.length);
      total = add(run, total, value);
    }
  }
  return total;
}

function contains(run: Run, whole: Json, part: Json): boolean {
  run.tick(1);
  if (typeof whole === 'string' && typeof part === 'string') {
    run.tick(whole.length >> 6);
    return whole.includes(part);
  }
  if (Array.isArray(whole) && Array.isArray(part)) return part.every((wanted) => whole.some((item) => includes(run, item, wanted)));
  if (isObject(whole) && isObject(part)) {
    return Object.keys(part).every((key) => Object.hasOwn(whole, key) && includes(run, whole[key]!, part[key]!));
  }
  if (isNumber(whole) && isNumber(part)) return compare(run, whole, part) === 0;
  if (whole === part) return true;
  throw cannotApply('contains', whole, part);
}

/** Inside of arrays and objects, values of different types simply do not contain each other. */
function includes(run: Run, whole: Json, part: Json): boolean {
  if (typeOf(whole) !== typeOf(part) || typeof whole === 'boolean') return whole === part;
  return contains(run, whole, part);
}

type Search = (run: Run, list: readonly Json[], part: readonly Json[]) => Json;

function search(run: Run, name: string, input: Json, part: Json, find: Search): Json {
  if (input === null) return null;
  if (Array.isArray(input)) return find(run, input, Array.isArray(part) ? part : [part]);
  if (typeof input !== 'string' || typeof part !== 'string') throw cannotApply(name, input, part);
  return find(run, Array.from(charsOf(input)), Array.from(charsOf(part)));
}

function firstPlace(run: Run, list: readonly Json[], part: readonly Json[]): Json {
  if (part.length === 0) return null;
  for (let start = 0; start + part.length <= list.length; start++) if (matchesAt(run, list, part, start)) return start;
  return null;
}

function flattened(run: Run, input: Json, depth: number): Json[] {
  const values = valuesOf(input);
  if (!values) throw cannotApply('flatten', input);
  const flat: Json[] = [];
  const take = (items: readonly Json[], left: number): void => {
    run.growCells(items.length);
    for (const item of items) {
      if (Array.isArray(item) && left !== 0) take(item, left - 1);
      else flat.push(item);
    }
  };
  take(values, depth);
  return flat;
}

/** `[{"key": …, "value": …}, …]`; the keys of an array are its places. */
export function toEntries(run: Run, input: Json): Json[] {
  const values = valuesOf(input);
  if (!values) throw cannotApply('keys', input);
  run.growCells(values.length * 4);
  const keys = Array.isArray(input) ? undefined : sortedKeys(input as JsonObject);
  return values.map((value, index) => ({ key: keys ? keys[index]! : index, value }));
}

const keyNames = ['key', 'Key', 'name', 'Name'] as const;

export function fromEntries(run: Run, input: Json): Json {
  const entries = valuesOf(input);
  if (!entries) throw cannotIterate(input);
  run.growCells(entries.length);
  const result: JsonObject = {};
  for (const entry of entries) {
    const key = keyNames.map((name) => fieldAt(entry, name)).find(isTruthy) ?? null;
    if (typeof key !== 'string') throw notAKey(key);
    put(result, key, isObject(entry) && Object.hasOwn(entry, 'value') ? entry.value! : fieldAt(entry, 'Value'));
  }
  return result;
}
