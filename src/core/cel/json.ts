import type { Json, JsonObject } from '../json/json.ts';
import { secondsText, timestampText } from './functions/conversions.ts';
import { isMap } from './values/compare.ts';
import { CelFault } from './values/fault.ts';
import { keysOf, valueAt } from './values/maps.ts';
import { Bytes, type CelValue, Duration, Int, kindOf, plain, Timestamp, Uint } from './values/value.ts';

/**
 * A value as JSON, as cel-go makes it: bytes in base64, times and durations as texts, integers that a double cannot hold as texts. A fault
 * for what JSON cannot say: types, numbers that are not finite.
 */
export function jsonOf(value: CelValue): Json | CelFault {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : new CelFault(`JSON has no number ${value}`);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int || value instanceof Uint)
    return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : `${value.value}`;
  if (value instanceof Bytes) return Buffer.from(value.bytes).toString('base64');
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return secondsText(value.nanos);
  if (Array.isArray(value)) return listOf(value);
  return isMap(value) ? objectOf(value) : new CelFault(`JSON has no ${kindOf(value)}`);
}

function listOf(list: readonly CelValue[]): Json[] | CelFault {
  const made: Json[] = [];
  for (const item of list) {
    const json = jsonOf(plain(item));
    if (json instanceof CelFault) return json;
    made.push(json);
  }
  return made;
}

function objectOf(map: Parameters<typeof keysOf>[0]): JsonObject | CelFault {
  const entries: [string, Json][] = [];
  for (const key of keysOf(map)) {
    const json = jsonOf(valueAt(map, key)!);
    if (json instanceof CelFault) return json;
    entries.push([key instanceof Int || key instanceof Uint ? `${key.value}` : String(key), json]);
  }
  return Object.fromEntries(entries);
}
