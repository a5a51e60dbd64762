import { type Call, isTrue, metamethod, type Native, toValue, type Value } from '../machine/call.ts';
import type { LuaString } from '../machine/lua-string.ts';
import { LuaError } from '../machine/raise.ts';
import { kindNames, kindOf, kinds, type TValue, tags } from '../machine/types.ts';
import { vm } from '../machine/vm.ts';
import { plainText } from './text.ts';

function concat(call: Call): Value {
  const table = call.table(1);
  const separator = call.isGiven(2) ? call.string(2) : '';
  const { length } = table;
  const first = call.integer(3, 1);
  if (call.count === 3 && (first > length || first < 1)) return '';
  const start = Math.max(Math.min(first, length), 1);
  const end = Math.min(call.integer(4, length), length);
  const parts: string[] = [];
  for (let at = start; at <= end; at++) {
    const value = table.getNumber(at);
    if (kindOf(value) !== kinds.string && kindOf(value) !== kinds.number)
      throw new LuaError(`invalid value (${kindNames[kindOf(value)]}) at index ${at} in table for concat`);
    const text = plainText(value);
    vm.meter.steps(1);
    vm.meter.bytes(text.length + separator.length);
    parts.push(text);
  }
  return parts.join(separator);
}

function insert(call: Call): undefined {
  const table = call.table(1);
  if (call.count === 1) throw new LuaError('wrong number of arguments');
  if (call.count === 2) {
    if (call.isGiven(2)) table.setNumber(table.length + 1, call.value(2));
    return;
  }
  const place = call.integer(2);
  const value = call.any(3);
  const { length } = table.array;
  if (place < 1 || place > length) return table.setNumber(place, value) as undefined;
  table.change();
  vm.meter.steps((length - place) >> 5);
  vm.meter.bytes(64);
  table.array.splice(place - 1, 0, toValue(value));
}

function remove(call: Call): Value {
  const table = call.table(1);
  const place = call.count === 1 ? -1 : call.integer(2);
  table.change();
  const { array } = table;
  if (array.length === 0 || place > array.length) return null;
  vm.meter.steps(Math.max(array.length - place, 0) >> 5);
  return (place < 1 ? array.pop() : array.splice(place - 1, 1)[0])!;
}

/** Up to the last item, where gopher-lua goes on into places that were set to nil, and fails. */
function sort(call: Call): undefined {
  const table = call.table(1);
  const less = call.count === 1 ? (one: TValue, other: TValue) => isLess(call, one, other) : byFunction(call, call.function(2));
  table.change();
  const sorted = merged(table.array.slice(0, table.length), less);
  for (const [index, value] of sorted.entries()) table.array[index] = value;
}

function byFunction(call: Call, fn: TValue) {
  return (one: TValue, other: TValue) => isTrue(call.invoke(fn, [one, other]));
}

/** Sorting by merging, because an order that contradicts itself must not do harm. */
function merged(values: TValue[], less: (one: TValue, other: TValue) => boolean): TValue[] {
  if (values.length < 2) return values;
  const half = values.length >> 1;
  const left = merged(values.slice(0, half), less);
  const right = merged(values.slice(half), less);
  const all: TValue[] = [];
  let at = 0;
  for (const value of right) {
    for (; at < left.length && !less(value, left[at]!); at++) all.push(left[at]!);
    all.push(value);
  }
  vm.meter.steps(values.length * 2);
  return [...all, ...left.slice(at)];
}

/** `<`, without metamethods of values that are no tables. */
function isLess(call: Call, one: TValue, other: TValue): boolean {
  const kind = kindOf(one);
  if (kind === kindOf(other)) {
    if (kind === kinds.number) return (one.value as number) < (other.value as number);
    if (kind === kinds.string) {
      const [text, than] = [(one.value as LuaString).binary, (other.value as LuaString).binary];
      vm.meter.steps(Math.min(text.length, than.length) >> 7);
      return text < than;
    }
    const compare = metamethod(call.L, one, '__lt');
    if (compare.type !== tags.nil) return isTrue(call.invoke(compare, [one, other]));
  }
  throw new LuaError(`attempt to compare ${kindNames[kind]} with ${kindNames[kindOf(other)]}`);
}

export const tableLibrary: Readonly<Record<string, Native>> = {
  concat,
  insert,
  remove,
  sort,
  getn: (call) => call.table(1).length,
  maxn: (call) => call.table(1).length,
};
