import type { Json, JsonObject } from '../../json/json.ts';
import { isObject } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { compare } from './compare.ts';
import { isNumber, type Numeric, toIndex } from './numbers.ts';
import { fieldOf } from './objects.ts';
import { describe } from './preview.ts';

export const notAnObject = (value: Json) => new Raised(() => `expected an object but got: ${describe(value)}`);
export const notAnArray = (value: Json) => new Raised(() => `expected an array but got: ${describe(value)}`);
export const notAnIndex = (key: Json, of: 'an array' | 'a string') =>
  new Raised(() => `expected a number for indexing ${of} but got: ${describe(key)}`);
export const notAKey = (key: Json) => new Raised(() => `expected a string for object key but got: ${describe(key)}`);

/** `value[key]` for any two values, as gojq's `_index`. */
export function at(run: Run, value: Json, key: Json): Json {
  if (typeof key === 'string') return fieldAt(value, key);
  if (isNumber(key)) return itemAt(value, key);
  if (Array.isArray(key)) {
    if (value === null) return null;
    if (!Array.isArray(value)) throw notAnArray(value);
    return placesOf(run, value, key);
  }
  if (isObject(key)) return value === null ? null : sliceOf(run, value, ...rangeOf(key));
  if (Array.isArray(value)) throw notAnIndex(key, 'an array');
  if (typeof value === 'string') throw notAnIndex(key, 'a string');
  throw notAKey(key);
}

export function fieldAt(value: Json, key: string): Json {
  if (isObject(value)) return fieldOf(value, key);
  if (value === null) return null;
  throw notAnObject(value);
}

export function itemAt(value: Json, key: Numeric): Json {
  if (value === null) return null;
  const index = toIndex(key);
  if (Array.isArray(value)) return value[clamp(index, -1, value.length)] ?? null;
  if (typeof value !== 'string') throw notAnArray(value);
  const chars = charsOf(value);
  return chars[clamp(index, -1, chars.length)] ?? null;
}

/** The start and end of a `{"start": …, "end": …}` key. */
export function rangeOf(key: JsonObject): [from: Json, to: Json] {
  if (!Object.hasOwn(key, 'start') || !Object.hasOwn(key, 'end')) {
    throw new Raised(() => `expected "start" and "end" for slicing but got: ${describe(key)}`);
  }
  return [key.start!, key.end!];
}

export function sliceOf(run: Run, value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const [start, end] = bounds(from, to, value.length, 'an array');
    run.growCells(end - start);
    return value.slice(start, end);
  }
  if (typeof value !== 'string') throw notAnArray(value);
  const chars = charsOf(value);
  run.tick(value.length >> 4);
  const [start, end] = bounds(from, to, chars.length, 'a string');
  run.grow(end - start);
  return typeof chars === 'string' ? chars.slice(start, end) : chars.slice(start, end).join('');
}

/** Where a slice of something of this length starts and ends: floor and ceiling, counted from the end where negative. */
export function bounds(from: Json, to: Json, length: number, of: 'an array' | 'a string'): [start: number, end: number] {
  if (from !== null && !isNumber(from)) throw notAnIndex(from, of);
  if (to !== null && !isNumber(to)) throw notAnIndex(to, of);
  const start = from === null ? 0 : clamp(toIndex(typeof from === 'number' ? Math.floor(from) : from), 0, length);
  return [start, to === null ? length : clamp(ceiling(to), start, length)];
}

/** Between minus one and zero (or NaN) means the very end: rounded up it would be the start. */
function ceiling(to: Numeric): number {
  if (typeof to === 'bigint') return toIndex(to);
  return Number.isNaN(to) || (to > -1 && to < 0) ? Number.MAX_SAFE_INTEGER : toIndex(Math.ceil(to));
}

export function clamp(index: number, smallest: number, length: number): number {
  const counted = index < 0 ? index + length : index;
  return counted < smallest ? smallest : Math.min(counted, length);
}

/** The text by code points: itself where every unit is one. */
export const charsOf = (text: string): string | string[] => (hasPairs(text) ? Array.from(text) : text);

export const hasPairs = (text: string): boolean => /[\ud800-\udbff]/.test(text);

/** Code points in the text. */
export function lengthOf(text: string): number {
  if (!hasPairs(text)) return text.length;
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Where `part` begins in `list`. */
export function placesOf(run: Run, list: readonly Json[], part: readonly Json[]): number[] {
  const places: number[] = [];
  if (part.length === 0) return places;
  for (let start = 0; start + part.length <= list.length; start++) {
    if (matchesAt(run, list, part, start)) places.push(start);
  }
  return places;
}

export function matchesAt(run: Run, list: readonly Json[], part: readonly Json[], start: number): boolean {
  for (let index = 0; index < part.length; index++) {
    run.tick(1);
    if (compare(run, list[start + index]!, part[index]!) !== 0) return false;
  }
  return true;
}
