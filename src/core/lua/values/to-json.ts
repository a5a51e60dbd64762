import type { Json, JsonObject } from '../../json/json.ts';
import { plainText } from '../library/text.ts';
import { digitsOf } from '../machine/fill.ts';
import type { LuaString } from '../machine/lua-string.ts';
import type { Table } from '../machine/table.ts';
import { kindNames, kindOf, kinds, type TValue } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { textOf } from './binary.ts';
import { settled } from './settled.ts';

/** What a table holds that JSON cannot say. */
export class Unsayable extends Error {}

/** Tables inside tables; one that contains itself gets here too. */
const deepest = 500;

/**
 * A table as Argo makes JSON of it: one with an array part becomes an array up to its last item, with null in the holes, and its other keys
 * are dropped; any other an object, unless its metatable has `__is_array = true`. A part of the event that nobody looked into is taken from
 * the event itself, with its digits. Throws Unsayable.
 */
export function jsonOf(value: TValue, depth = 0): Json {
  vm.meter.steps(3);
  switch (kindOf(value)) {
    case kinds.table:
      return tableJson(value.value as Table, depth);
    case kinds.string:
      return textOf((value.value as LuaString).binary);
    case kinds.number:
      return digitsOf(value) ?? finite(value.value as number);
    case kinds.boolean:
      return value.value as boolean;
    case kinds.nil:
      return null;
    default:
      throw new Unsayable(`a ${kindNames[kindOf(value)]} cannot be a part of the payload`);
  }
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new Unsayable(`${Number.isNaN(value) ? 'NaN (not a number)' : 'an infinite number'} cannot be a part of the payload`);
}

function tableJson(table: Table, depth: number): Json {
  if (depth > deepest) throw new Unsayable(`tables lie more than ${deepest} deep inside each other, or one contains itself`);
  if (table.source && !isMarkedArray(table)) return settled(table.source);
  const { length } = table;
  if (length > 0 || isMarkedArray(table)) {
    vm.meter.bytes(length * 16);
    return table.array.slice(0, length).map((item) => jsonOf(item, depth + 1));
  }
  const object: JsonObject = {};
  for (const { key, value } of table.entries()) set(object, textOf(plainText(key)), jsonOf(value, depth + 1));
  return object;
}

function isMarkedArray({ metatable }: Table): boolean {
  return metatable !== null && metatable.getString('__is_array').value === true;
}

/** Sets an own member, also one called `__proto__`. */
function set(object: JsonObject, key: string, value: Json): void {
  vm.meter.bytes(16);
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}
