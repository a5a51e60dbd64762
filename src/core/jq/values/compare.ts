import { byBytes } from '../../json/by-bytes.ts';
import type { Json, JsonObject } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import type { Run } from '../run/run.ts';

/**
 * jq's order of all values: null, false, true, numbers, strings, arrays, objects. NaN is less than every number, itself included.
 * Negative, zero or positive.
 */
export function compare(run: Run, left: Json, right: Json): number {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left === right) return 0;
    run.tick(Math.min(left.length, right.length) >> 6);
    return byBytes(left, right);
  }
  if (typeof left === 'number' && typeof right === 'number') return left < right || Number.isNaN(left) ? -1 : left === right ? 0 : 1;
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0) return rank;
  if (typeof left === 'bigint' || typeof right === 'bigint') return compareExact(left as number | bigint, right as number | bigint);
  if (Array.isArray(left)) return compareArrays(run, left, right as Json[]);
  if (typeof left === 'object' && left !== null) return compareObjects(run, left, right as JsonObject);
  return 0;
}

function compareExact(left: number | bigint, right: number | bigint): number {
  if (Number.isNaN(left)) return -1;
  const exact = !isDouble(left) && !isDouble(right);
  const a = exact ? left : Number(left);
  const b = exact ? right : Number(right);
  return a < b ? -1 : a > b ? 1 : Number.isNaN(b) ? 1 : 0;
}

const isDouble = (value: number | bigint): boolean => typeof value === 'number' && !Number.isSafeInteger(value);

function compareArrays(run: Run, left: Json[], right: Json[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    run.tick(1);
    const order = compare(run, left[index]!, right[index]!);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareObjects(run: Run, left: JsonObject, right: JsonObject): number {
  const keys = sortedKeys(left);
  run.tick(keys.length);
  const order = compareArrays(run, keys, sortedKeys(right));
  if (order !== 0) return order;
  for (const key of keys) {
    const fields = compare(run, left[key]!, right[key]!);
    if (fields !== 0) return fields;
  }
  return 0;
}

function rankOf(value: Json): number {
  switch (typeof value) {
    case 'boolean':
      return value ? 2 : 1;
    case 'number':
    case 'bigint':
      return 3;
    case 'string':
      return 4;
    default:
      return value === null ? 0 : Array.isArray(value) ? 5 : 6;
  }
}
