import { byteLength, byteSlice, bytesOf } from '../../../go/bytes.ts';
import { deepEqual } from '../../../go/deep-equal.ts';
import { GoError } from '../../../go/function.ts';
import { Duration } from '../../../go/time/duration.ts';
import { Time } from '../../../go/time/time.ts';
import { type GoList, type GoValue, Int, isList, isMap, Struct, TypedList, typedList, typeName } from '../../../go/values.ts';
import type { Run } from '../../limits.ts';
import { AnyMap, FunctionValue } from './any-map.ts';
import { isInt, isNumber, toInt } from './numbers.ts';

/** A member, element or byte. A member that is not there is nil; all else that is not there is an error. Throws GoError. */
export function fetch(from: GoValue, key: GoValue): GoValue {
  if (typeof from === 'object' && from !== null) {
    if (isList(from)) return from[position(key, from.length)] ?? null;
    if (from instanceof AnyMap) return from.get(key) ?? missingIn(from);
    if (from instanceof Struct) return methodOf(from, key);
    if (!(from instanceof Int)) {
      if (typeof key === 'string') return Object.hasOwn(from, key) ? (from[key] ?? null) : null;
      if (key === null) return Object.hasOwn(from, '') ? (from[''] ?? null) : null;
      throw notAKey(key);
    }
  }
  if (typeof from === 'string') {
    const bytes = bytesOf(from);
    return new Int(BigInt(bytes[position(key, bytes.length)]!), 'uint8');
  }
  throw cannotFetch(from, key);
}

function position(key: GoValue, length: number): number {
  const index = toInt(key);
  const at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) throw new GoError('reflect: slice index out of range');
  return at;
}

function methodOf(from: Struct, key: GoValue): GoValue {
  const method = typeof key === 'string' ? from.method(key) : undefined;
  if (!method) throw cannotFetch(from, key);
  return new FunctionValue(method);
}

const missingIn = (map: AnyMap): GoValue => (map.type.endsWith('[]interface {}') ? typedList('interface {}', [], true) : null);

const cannotFetch = (from: GoValue, key: GoValue): GoError => new GoError(`cannot fetch ${shownKey(key)} from ${typeName(from)}`);

const shownKey = (key: GoValue): string => (isInt(key) ? `${key.value}` : typeof key === 'object' ? typeName(key) : `${key}`);

const notAKey = (key: GoValue): GoError =>
  new GoError(`reflect.Value.MapIndex: value of type ${typeName(key)} is not assignable to type string`);

export function slice(value: GoValue, from: number, to: number, run: Run): GoValue {
  if (typeof value !== 'string' && !isList(value)) throw new GoError(`cannot slice ${from}`);
  const length = lengthOf(value);
  const [start, end] = [fromEnd(from, length), Math.min(fromEnd(to, length), length)];
  const first = Math.min(start, end);
  run.bytes(typeof value === 'string' ? end - first : 16 * (end - first));
  if (typeof value === 'string') return byteSlice(value, first, end);
  return value instanceof TypedList ? typedList(value.element, value.slice(first, end)) : value.slice(first, end);
}

const fromEnd = (index: number, length: number): number => Math.max(index < 0 ? index + length : index, 0);

/** Of a text in bytes. Throws GoError for what has no length. */
export function lengthOf(value: GoValue): number {
  if (typeof value === 'string') return byteLength(value);
  if (isList(value)) return value.length;
  if (value instanceof AnyMap) return value.size;
  if (isMap(value)) return Object.keys(value).length;
  throw new GoError(`invalid argument for len (type ${typeName(value)})`);
}

/** What a predicate goes through: the elements of an array, the bytes of a text. Throws GoError. */
export function itemsOf(value: GoValue): GoList {
  if (isList(value)) return value;
  if (typeof value === 'string') return Array.from(bytesOf(value), (byte) => new Int(BigInt(byte), 'uint8'));
  if (isMap(value) || value instanceof AnyMap) {
    if (lengthOf(value) === 0) return [];
    throw new GoError(`reflect: call of reflect.Value.Index on map Value`);
  }
  throw new GoError(`reflect: call of reflect.Value.Len on ${value === null ? 'zero' : typeName(value)} Value`);
}

/** Numbers by what they are worth, whatever their types; arrays and maps also by the types of what is in them. */
export function equal(a: GoValue, b: GoValue, run: Run): boolean {
  if (typeof a !== 'object' && typeof a === typeof b) return a === b;
  if (isNumber(a) && isNumber(b)) {
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint may equal a number
    return (isInt(a) ? a.value : a) == (isInt(b) ? b.value : b);
  }
  if (a instanceof Time && b instanceof Time) return a.unixNanos === b.unixNanos;
  if (a instanceof Duration && b instanceof Duration) return a.nanos === b.nanos;
  if (isNil(a) && isNil(b)) return true;
  return deepEqual(a, b, run);
}

export const isNil = (value: GoValue): boolean => value === null || value === undefined || (value instanceof TypedList && value.isNil);

export function isIn(needle: GoValue, container: GoValue, run: Run): boolean {
  if (container === null || container === undefined) return false;
  if (isList(container)) {
    run.steps(container.length);
    return container.some((item) => equal(item, needle, run));
  }
  if (container instanceof AnyMap) return container.has(needle);
  if (isMap(container)) return Object.hasOwn(container, asKey(needle));
  throw new GoError(`operator "in" not defined on ${typeName(container)}`);
}

/** nil looks for the empty text, as Go's zero value does. */
export function asKey(value: GoValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  throw notAKey(value);
}
