import { GoError } from '../../../go/function.ts';
import { Duration } from '../../../go/time/duration.ts';
import { Time } from '../../../go/time/time.ts';
import { type GoValue, Int, typeName } from '../../../go/values.ts';
import type { Run } from '../../limits.ts';
import { pow } from '../../pow.ts';
import { isInt, isNumber, toFloat, wrapped } from './numbers.ts';

/**
 * Arithmetic of expr-lang: two ints give an int, anything with a float64 a float64. Numbers of events are float64, literals without a point
 * are ints. All throw GoError in the library's words.
 */
export function add(a: GoValue, b: GoValue, run: Run): GoValue {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') {
    run.bytes(a.length + b.length);
    return a + b;
  }
  if (isInt(a) && isInt(b)) return wrapped(a.value + b.value);
  if (isNumber(a) && isNumber(b)) return toFloat(a) + toFloat(b);
  if (a instanceof Time && b instanceof Duration) return a.plus(b.nanos);
  if (a instanceof Duration && b instanceof Time) return b.plus(a.nanos);
  if (a instanceof Duration && b instanceof Duration) return durationOf(a.nanos + b.nanos);
  throw undefinedFor(a, '+', b);
}

export function subtract(a: GoValue, b: GoValue): GoValue {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (isInt(a) && isInt(b)) return wrapped(a.value - b.value);
  if (isNumber(a) && isNumber(b)) return toFloat(a) - toFloat(b);
  if (a instanceof Time && b instanceof Time) return durationOf(a.unixNanos - b.unixNanos);
  if (a instanceof Time && b instanceof Duration) return a.plus(-b.nanos);
  if (a instanceof Duration && b instanceof Duration) return durationOf(a.nanos - b.nanos);
  throw undefinedFor(a, '-', b);
}

export function multiply(a: GoValue, b: GoValue): GoValue {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (isInt(a) && isInt(b)) return wrapped(a.value * b.value);
  if (isNumber(a) && isNumber(b)) return toFloat(a) * toFloat(b);
  const [x, y] = [factor(a), factor(b)];
  if (x !== undefined && y !== undefined) {
    const isFloat = typeof x === 'number' || typeof y === 'number';
    return isFloat ? Number(x) * Number(y) : durationOf(x * y);
  }
  throw undefinedFor(a, '*', b);
}

/** What a value counts in a product with a duration. */
function factor(value: GoValue): number | bigint | undefined {
  if (value instanceof Duration) return value.nanos;
  if (isInt(value)) return value.value;
  return isNumber(value) ? Number(value) : undefined;
}

export function divide(a: GoValue, b: GoValue): GoValue {
  if (isNumber(a) && isNumber(b)) return toFloat(a) / toFloat(b);
  throw undefinedFor(a, '/', b);
}

/** Of ints only: numbers of events must go through `int()` first. */
export function modulo(a: GoValue, b: GoValue): GoValue {
  if (!isInt(a) || !isInt(b)) throw undefinedFor(a, '%', b);
  if (b.value === 0n) throw new GoError('integer divide by zero');
  return wrapped(a.value % b.value);
}

export const exponent = (a: GoValue, b: GoValue): GoValue => pow(toFloat(a), toFloat(b));

export function negate(value: GoValue): GoValue {
  if (typeof value === 'number') return -value;
  if (isInt(value)) return new Int(value.type === 'uint8' ? BigInt.asUintN(8, -value.value) : BigInt.asIntN(64, -value.value), value.type);
  if (typeof value === 'bigint') return -value;
  throw new GoError(`invalid operation: - ${typeName(value)}`);
}

export type Order = '<' | '>' | '<=' | '>=';

/** Below 0, 0 or above it; NaN when neither is before the other. Large integers are compared digit for digit. */
export function compare(a: GoValue, sign: Order, b: GoValue, texts: (a: string, b: string) => number): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN;
  if (typeof a === 'string' && typeof b === 'string') return texts(a, b);
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [isInt(a) ? a.value : a, isInt(b) ? b.value : b];
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint may equal a number
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : Number.NaN;
  }
  if (a instanceof Time && b instanceof Time) return Number(a.unixNanos - b.unixNanos);
  if (a instanceof Duration && b instanceof Duration) return Number(a.nanos - b.nanos);
  throw undefinedFor(a, sign, b);
}

const durationOf = (nanos: bigint): Duration => new Duration(BigInt.asIntN(64, nanos));

const undefinedFor = (a: GoValue, sign: string, b: GoValue): GoError =>
  new GoError(`invalid operation: ${typeName(a)} ${sign} ${typeName(b)}`);
