import { isObject, type Json, type JsonObject } from '../../json/json.ts';
import { vm } from '../machine/vm.ts';

/**
 * A part of the event as it comes back out of Lua when nobody touches it: without null, without arrays inside arrays, and with `{}` for an
 * empty array. What is like that already is given as it is, not copied.
 */
export function settled(source: JsonObject | Json[]): Json {
  if (Array.isArray(source)) {
    vm.meter.steps(1 + (source.length >> 2));
    const items = source.every(isKept) ? source : source.filter(isKept);
    return items.length === 0 ? {} : mapped(items);
  }
  let changed: JsonObject | undefined;
  for (const key of Object.keys(source)) {
    vm.meter.steps(1);
    const before = source[key]!;
    const after = before === null ? null : of(before);
    if (after === before && before !== null) continue;
    changed ??= { ...source };
    if (after === null) delete changed[key];
    else Object.defineProperty(changed, key, { value: after, writable: true, enumerable: true, configurable: true });
  }
  return changed ?? source;
}

const isKept = (item: Json): boolean => item !== null && !Array.isArray(item);

function mapped(items: Json[]): Json[] {
  const after = items.map(of);
  return after.every((item, index) => item === items[index]) ? items : after;
}

const of = (value: Json): Json => (Array.isArray(value) || isObject(value) ? settled(value) : value);
