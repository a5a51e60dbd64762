import { type Call, isTrue, metamethod, metatableOf, type Native, type Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { LuaError } from '../machine/raise.ts';
import { kindNames, kindOf, kinds, tags } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { toInteger } from '../values/numbers.ts';
import { next, nextItem } from './iterate.ts';
import { pcall, xpcall } from './protected.ts';
import { tostring } from './text.ts';
import { tonumber } from './tonumber.ts';

function assert(call: Call): readonly Value[] {
  if (isTrue(call.value(1))) return call.values(1);
  throw new LuaError(call.isGiven(2) ? call.string(2) : 'assertion failed!');
}

function error(call: Call): never {
  const raised = call.any(1);
  const level = call.integer(2, 1);
  throw kindOf(raised) === kinds.string ? new LuaError((raised.value as LuaString).binary, level) : new LuaError(raised);
}

function select(call: Call): Value | Value[] {
  const first = call.value(1);
  if (kindOf(first) === kinds.string) {
    const { binary } = first.value as LuaString;
    if (binary === '#') return call.count - 1;
    throw call.wrong(1, `invalid string '${binary}'`);
  }
  if (kindOf(first) !== kinds.number) throw call.wrongType(1, 'number or string');
  const index = toInteger(first.value as number);
  const from = index < 0 ? call.count + index : index;
  if (from < 1) throw call.wrong(1, 'index out of range');
  vm.meter.steps(call.count >> 2);
  return call.values(from + 1);
}

function unpack(call: Call): Value[] {
  const table = call.table(1);
  const from = call.integer(2, 1);
  const to = call.integer(3, table.length);
  vm.meter.steps(Math.max(to - from, 0));
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => table.getNumber(from + index));
}

function setmetatable(call: Call): Value {
  const table = call.table(1);
  const metatable = call.value(2);
  if (kindOf(metatable) !== kinds.table && metatable.type !== tags.nil) throw call.wrongType(2, 'nil or table');
  if (table.metatable && table.metatable.getString('__metatable').type !== tags.nil)
    throw new LuaError('cannot change a protected metatable');
  table.change();
  table.metatable = metatable.type === tags.nil ? null : call.table(2);
  return call.value(1);
}

function getmetatable(call: Call): Value {
  const value = call.any(1);
  const hidden = metamethod(call.L, value, '__metatable');
  return hidden.type === tags.nil ? metatableOf(call.L, value) : hidden;
}

function rawset(call: Call): undefined {
  const table = call.table(1);
  const key = call.any(2);
  if (key.type === tags.nil || Number.isNaN(key.value)) throw new LuaError(`table index is ${key.type === tags.nil ? 'nil' : 'NaN'}`);
  table.set(key, call.any(3));
}

function rawequal(call: Call): boolean {
  const [one, other] = [call.any(1), call.any(2)];
  if (kindOf(one) !== kindOf(other)) return false;
  if (kindOf(one) !== kinds.string) return one.value === other.value;
  return (one.value as LuaString).binary === (other.value as LuaString).binary;
}

/** `print` goes nowhere: a rule's words are its result. */
export const baseLibrary: Readonly<Record<string, Native>> = {
  assert,
  error,
  select,
  unpack,
  setmetatable,
  getmetatable,
  rawset,
  rawequal,
  tostring,
  tonumber,
  rawget: (call) => call.table(1).get(call.any(2)),
  type: (call) => kindNames[kindOf(call.any(1))]!,
  print: () => undefined,
  collectgarbage: () => undefined,
  pairs: (call) => [next, call.table(1), null],
  ipairs: (call) => [nextItem, call.table(1), 0],
};

export const baseFunctions = { next, pcall, xpcall };
