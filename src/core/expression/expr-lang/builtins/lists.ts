import { GoError, orElse } from '../../../go/function.ts';
import { type GoList, type GoValue, Int, int, isList, isMap, TypedList, typedList, typeName } from '../../../go/values.ts';
import { byBytes } from '../../../json/by-bytes.ts';
import { any, anyMap, array, float, integer, type Type } from '../check/types.ts';
import type { Frame } from '../frame.ts';
import { fetch, lengthOf } from '../values/access.ts';
import { AnyMap } from '../values/any-map.ts';
import { isInt, isNumber, toFloat, wrapped } from '../values/numbers.ts';
import { type BuiltinFunction, checked, demand } from './define.ts';

const kindOf = (value: GoValue): string => {
  if (isList(value)) return 'slice';
  return isMap(value) || value instanceof AnyMap ? 'map' : value === null ? 'invalid' : typeName(value);
};

/** A function of one array. */
function ofList(what: string, result: (type: Type) => Type, call: (list: GoList, frame: Frame) => GoValue): BuiltinFunction {
  return checked(
    [1],
    (type) => {
      demand(type, ['array'], `cannot ${what} `);
      return result(type);
    },
    ([list], frame) => {
      if (!isList(list)) throw new GoError(`cannot ${what} ${kindOf(list)}`);
      frame.run.steps(list.length);
      return call(list, frame);
    },
  );
}

/** The numbers of a list as float64; undefined when all of them are ints. */
function numbersIn(list: GoList, what: string): (Int | number | bigint)[] {
  return list.map((value) => {
    if (!isNumber(value)) throw new GoError(`cannot ${what} ${kindOf(value)}`);
    return value;
  });
}

function sum(list: GoList): GoValue {
  const values = numbersIn(list, 'sum');
  if (values.every(isInt)) return wrapped(values.reduce((total, { value }) => total + value, 0n));
  return values.reduce<number>((total, value) => total + toFloat(value), 0);
}

function mean(list: GoList): GoValue {
  const values = numbersIn(list, 'mean');
  return values.length === 0 ? 0 : values.reduce<number>((total, value) => total + toFloat(value), 0) / values.length;
}

function median(list: GoList): GoValue {
  const values = numbersIn(list, 'median')
    .map(toFloat)
    .sort((a, b) => a - b);
  const middle = Math.floor(values.length / 2);
  if (values.length === 0) return 0;
  return values.length % 2 === 0 ? (values[middle - 1]! + values[middle]!) / 2 : values[middle]!;
}

/** The element at an end; nil when there is none, and for what has no elements. */
function atEnd(index: number, name: string): BuiltinFunction {
  return checked(
    [1],
    (type) => {
      demand(type, ['array'], `cannot get ${name} element from `);
      return type.element ?? any;
    },
    ([value]) => orElse(() => fetch(value, int(index)), null),
  );
}

function take([list, count]: readonly GoValue[], { run }: Frame): GoValue {
  if (!isList(list)) throw new GoError(`cannot take from ${kindOf(list)}`);
  if (!(count instanceof Int)) throw new GoError(`cannot take ${kindOf(count)} elements`);
  if (count.value > BigInt(list.length)) return list;
  if (count.value < 0n) throw new GoError('reflect.Value.Slice: slice index out of bounds');
  run.bytes(16 * Number(count.value));
  const taken = list.slice(0, Number(count.value));
  return list instanceof TypedList ? typedList(list.element, taken) : taken;
}

/** A function of one map, given its entries. */
function ofMap(what: string, call: (entries: readonly (readonly [GoValue, GoValue])[]) => GoValue): BuiltinFunction {
  return checked(
    [1],
    (type) => {
      demand(type, ['map'], `cannot ${what}`);
      return array;
    },
    ([value], { run }) => {
      if (!isMap(value) && !(value instanceof AnyMap)) throw new GoError(`cannot ${what}${kindOf(value)}`);
      run.steps(lengthOf(value));
      run.bytes(48 * lengthOf(value));
      return call(value instanceof AnyMap ? [...value.entries()] : Object.keys(value).map((key) => [key, value[key] ?? null] as const));
    },
  );
}

function fromPairs(list: GoList, { run }: Frame): GoValue {
  const map = new AnyMap('interface {}');
  run.bytes(32 * list.length);
  for (const pair of list) {
    if (!isList(pair)) throw new GoError(`invalid pair ${kindOf(pair)}`);
    if (pair.length !== 2) throw new GoError(`invalid pair length ${pair.length}`);
    map.set(pair[0], pair[1]);
  }
  return map;
}

function sorted(list: GoValue, field: string, direction: GoValue, { run }: Frame): GoValue {
  if (!isList(list)) throw new GoError(`cannot sort ${kindOf(list)}`);
  if (typeof direction !== 'string') throw new GoError(`invalid argument for sort (expected string, got ${typeName(direction)})`);
  if (direction !== 'asc' && direction !== 'desc') {
    throw new GoError(`invalid argument for sort (expected "asc" or "desc", got ${JSON.stringify(direction)})`);
  }
  run.steps(list.length * (1 + Math.log2(list.length + 1)));
  run.bytes(16 * list.length);
  const rows = list.map((item) => ({ item, key: isMap(item) ? member(item, field) : item }));
  for (const { key } of rows) {
    if (key === null) throw new GoError('cannot sort nil');
    const first = rows[0]!.key;
    if (typeName(key) !== typeName(first))
      throw new GoError(`cannot sort array of different types (${typeName(key)} and ${typeName(first)})`);
    if (rows.length > 1 && typeof key !== 'string' && !isNumber(key)) throw new GoError(`sort: unsupported type ${kindOf(key)}`);
  }
  const sign = direction === 'desc' ? -1 : 1;
  return rows.sort((a, b) => sign * inOrder(a.key, b.key)).map(({ item }) => item);
}

const member = (item: Record<string, GoValue>, field: string): GoValue => (Object.hasOwn(item, field) ? (item[field] ?? null) : null);

function inOrder(a: GoValue, b: GoValue): number {
  if (typeof a === 'string') return byBytes(a, b as string);
  const [x, y] = [isInt(a) ? a.value : (a as number), isInt(b) ? b.value : (b as number)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const sortable = (list: Type, ...texts: Type[]): Type => {
  demand(list, ['array'], 'cannot sort ');
  for (const text of texts) {
    if (text.kind !== 'any' && text.kind !== 'string') throw new GoError(`invalid argument for sort (expected string, got ${text.name})`);
  }
  return array;
};

function sortBy(args: readonly GoValue[], frame: Frame): GoValue {
  const [list, field, direction = 'asc'] = args;
  if (typeof field !== 'string') throw new GoError(`invalid argument for sort (expected string, got ${typeName(field)})`);
  return sorted(list, field, direction, frame);
}

export const listFunctions: readonly (readonly [string, BuiltinFunction])[] = [
  [
    'len',
    checked(
      [1],
      (type) => {
        demand(type, ['array', 'map', 'string'], 'invalid argument for len (type ');
        return integer;
      },
      ([value]) => int(lengthOf(value)),
    ),
  ],
  ['sum', ofList('sum', () => any, sum)],
  ['mean', ofList('mean', () => float, mean)],
  ['median', ofList('median', () => float, median)],
  ['first', atEnd(0, 'first')],
  ['last', atEnd(-1, 'last')],
  // Its types are checked where the tree is known: `get($env, "x")` is special.
  ['get', { check: () => any, call: ([from, key]) => orElse(() => fetch(from, key), null) }],
  [
    'take',
    checked(
      [2],
      (list, count) => {
        demand(list, ['array'], 'cannot take from ');
        if (count!.kind !== 'any' && count!.kind !== 'int') throw new GoError(`cannot take ${count!.name} elements`);
        return list;
      },
      take,
    ),
  ],
  ['keys', ofMap('get keys from ', (entries) => entries.map(([key]) => key))],
  ['values', ofMap('get values from ', (entries) => entries.map(([, value]) => value))],
  [
    'toPairs',
    ofMap('get pairs from ', (entries) =>
      typedList(
        '[2]interface {}',
        entries.map(([key, value]) => [key, value]),
      ),
    ),
  ],
  ['fromPairs', ofList('transform from pairs', () => anyMap, fromPairs)],
  ['sort', checked([1, 2], sortable, ([list, direction = 'asc'], frame) => sorted(list, '', direction, frame))],
  ['sortBy', checked([2, 3], sortable, sortBy)],
];
