import type { Json, JsonObject } from '../../json/json.ts';
import { binaryOf } from '../values/binary.ts';
import { LuaString } from './lua-string.ts';
import { Table } from './table.ts';
import { type TValue, tags } from './types.ts';
import { vm } from './vm.ts';

/** An integer of the event that a double cannot hold: the value is its double, and its digits come back when nobody changed it. */
const digits = new WeakMap<TValue, bigint>();

export const digitsOf = (value: TValue): bigint | undefined => digits.get(value);

/**
 * Gives a table the members of its part of the event, as Argo does: null is left out everywhere, and an array inside an array too. Parts
 * below it become tables that are filled later.
 */
export function fill(table: Table): void {
  const source = table.source!;
  table.source = undefined;
  if (Array.isArray(source)) {
    vm.meter.steps(source.length >> 2);
    vm.meter.bytes(source.length * 64);
    for (const item of source) if (item !== null && !Array.isArray(item)) table.array.push(luaValue(item));
    return;
  }
  for (const key of Object.keys(source)) {
    const value = source[key] as Json;
    if (value === null) continue;
    vm.meter.steps(1);
    const name = binaryOf(key);
    table.add(name, new vm.lobject.TValue(tags.string, LuaString.of(name)), luaValue(value));
  }
}

export function luaValue(json: Exclude<Json, null>): TValue {
  const { TValue } = vm.lobject;
  switch (typeof json) {
    case 'string':
      vm.meter.bytes(json.length);
      return new TValue(tags.string, LuaString.of(binaryOf(json)));
    case 'number':
      return new TValue(tags.number, json);
    case 'boolean':
      return new TValue(tags.boolean, json);
    case 'bigint': {
      const value = new TValue(tags.number, Number(json));
      digits.set(value, json);
      return value;
    }
    default:
      return new TValue(tags.table, new Table(json as JsonObject | Json[]));
  }
}
