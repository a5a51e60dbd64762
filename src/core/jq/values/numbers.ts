import type { Json } from '../../json/json.ts';

/**
 * Numbers as gojq has them: integers are exact at any size, everything else is a double. An integer that a double holds exactly is a
 * `number`, a larger one a `bigint`; a `number` beyond 2^53 came from a calculation with doubles and is one.
 */
export type Numeric = number | bigint;

export const isNumber = (value: Json): value is Numeric => typeof value === 'number' || typeof value === 'bigint';

export const isInteger = (value: Numeric): boolean => typeof value === 'bigint' || Number.isSafeInteger(value);

/** A whole number in its one form. */
export const integer = (value: bigint): Numeric => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

/** Cut to a whole number, and kept within 64 bits; NaN is the smallest. As a double: good for places in arrays. */
export function toIndex(value: Numeric): number {
  if (typeof value === 'bigint') return Number(value > largest ? largest : value < smallest ? smallest : value);
  return Number.isNaN(value) ? Number(smallest) : Math.max(Number(smallest), Math.min(Number(largest), Math.trunc(value)));
}

/** The same, exact. */
export function toInt64(value: Numeric): bigint {
  const whole = typeof value === 'bigint' ? value : Number.isFinite(value) ? BigInt(Math.trunc(value)) : value > 0 ? largest : smallest;
  return whole > largest ? largest : whole < smallest ? smallest : whole;
}

const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

export const isNumberText = (text: string): boolean => decimal.test(text);

/** Decimal text as a number; too large is infinite. */
export function readNumber(text: string): Numeric {
  if (/[.eE]/.test(text)) return Number(text);
  const value = Number(text);
  return Number.isSafeInteger(value) ? value || 0 : BigInt(text.startsWith('+') ? text.slice(1) : text);
}
