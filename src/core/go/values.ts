/**
 * Go's values, as far as templates and expressions meet them.
 *
 * JSON is what it is elsewhere: a `number` is a float64, and a `bigint`, which only JSON brings, prints as the float64 that Go would have
 * made of it. What Go code makes itself needs more types: integers (`Int`), lists and maps of one type, times, versions. `undefined` is
 * what Go's templates call an invalid value: a member that is not there, printed as `<no value>`; `null` is nil.
 */
import type { GoFunction } from './function.ts';

export type GoValue = undefined | null | boolean | number | bigint | string | Int | Struct | GoList | GoMap;

export type GoList = GoValue[];

export interface GoMap {
  [key: string]: GoValue;
}

type IntType = 'int' | 'int64' | 'int32' | 'uint8' | 'uint64';

/** An integer of a Go type. Its value lies within the type's range. */
export class Int {
  readonly type: IntType;
  readonly value: bigint;

  constructor(value: bigint, type: IntType) {
    this.value = value;
    this.type = type;
  }
}

export const int = (value: number | bigint): Int => new Int(BigInt(value), 'int');

/** What does not fit wraps around, as in Go. */
export const int64 = (value: number | bigint): Int => new Int(BigInt.asIntN(64, BigInt(value)), 'int64');

/** A list whose elements Go knows the type of: `[]string`, `[]int`. A plain array is `[]interface {}`. */
export class TypedList extends Array<GoValue> {
  /** Methods such as `map` give plain arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  element = 'interface {}';
  /** A nil slice: prints as an empty one, and is `null` in JSON. */
  isNil = false;
}

export function typedList(element: string, items: Iterable<GoValue>, isNil = false): TypedList {
  const list = new TypedList();
  list.element = element;
  list.isNil = isNil;
  for (const item of items) list.push(item);
  return list;
}

export const strings = (items: Iterable<string>): TypedList => typedList('string', items);

const stringMapPrototype: object = Object.freeze(Object.create(null));

/** A new `map[string]interface {}`; any key is safe in it. */
export const emptyMap = (): GoMap => Object.create(null) as GoMap;

/** A new `map[string]string`. */
export const emptyStringMap = (): GoMap => Object.create(stringMapPrototype) as GoMap;

/** A value with methods. */
export abstract class Struct {
  /** As `%T` prints it. */
  abstract readonly type: string;
  abstract readonly kind: 'struct' | 'ptr' | 'int' | 'int64';
  /** What it is as a number, when its type is made from an integer one. */
  get integer(): bigint | undefined {
    return undefined;
  }
  abstract method(name: string): GoFunction | undefined;
  /** As `%v` prints it. */
  abstract toString(): string;
  /** As encoding/json writes it: JSON text. */
  abstract toJson(): string;
  abstract equals(other: Struct): boolean;
}

export const isList = (value: GoValue): value is GoList => Array.isArray(value);

export const isMap = (value: GoValue): value is GoMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Int) && !(value instanceof Struct);

export const isStringMap = (value: GoMap): boolean => Object.getPrototypeOf(value) === stringMapPrototype;

export const isFloat = (value: GoValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** A member of a map; undefined when there is none of that name. */
export const member = (map: GoMap, key: string): GoValue => (Object.hasOwn(map, key) ? map[key] : undefined);

/** The type as `%T` prints it; `<nil>` for nil. */
export function typeName(value: GoValue): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value !== 'object') return 'float64';
  if (value instanceof Int || value instanceof Struct) return value.type;
  if (value instanceof TypedList) return `[]${value.element}`;
  if (isList(value)) return '[]interface {}';
  return isStringMap(value) ? 'map[string]string' : 'map[string]interface {}';
}

/** The kind as reflect.Kind prints it; `invalid` for nil. */
export function kindName(value: GoValue): string {
  if (value === null || value === undefined) return 'invalid';
  if (value instanceof Struct) return value.kind;
  if (isList(value)) return 'slice';
  return isMap(value) ? 'map' : typeName(value);
}

/** What `if` and `and` go by, and sprig's `empty` the other way round: nil, false, 0 and what has no elements are not true. */
export function isTrue(value: GoValue): boolean {
  if (typeof value === 'string') return value !== '';
  if (typeof value !== 'object') return Boolean(value) || Number.isNaN(value);
  if (value === null) return false;
  if (value instanceof Int) return value.value !== 0n;
  if (isList(value)) return value.length > 0;
  if (value instanceof Struct) return value.integer !== 0n;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}
