import type { Json } from './json.ts';

/** Deep equality: the order of keys does not matter, and a bigint equals the number of the same value. */
export function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') {
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number of the same value are the same JSON
    return typeof a !== typeof b && isNumeric(a) && isNumeric(b) && a == b;
  }
  if (a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const left = a as Record<string, Json>;
  const right = b as Record<string, Json>;
  return keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key]!, right[key]!));
}

const isNumeric = (value: Json): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
