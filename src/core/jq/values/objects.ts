import type { Json, JsonObject } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import type { Run } from '../run/run.ts';

/** Sets an own field, also one called `__proto__`. */
export function put(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

/** The field, or null where there is none; never what JavaScript's objects inherit. */
export const fieldOf = (object: JsonObject, key: string): Json => (Object.hasOwn(object, key) ? object[key]! : null);

/** A shallow copy, paid for. `Object.assign` is ten times faster than a spread when a field is added behind it, but takes `__proto__` amiss. */
export function copyOf(run: Run, object: JsonObject): JsonObject {
  const { length } = Object.keys(object);
  run.growCells(length + 1);
  if (length > manyKeys) run.tick(length * 4);
  return Object.hasOwn(object, '__proto__') ? { ...object } : Object.assign({}, object);
}

/** Above so many keys an object is a hash table, and a copy of it takes much longer. */
const manyKeys = 500;

/** What `.[]` gives, as an array that must not be changed; undefined for what has no values. */
export function valuesOf(value: Json): readonly Json[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return sortedKeys(value).map((key) => value[key]!);
}
