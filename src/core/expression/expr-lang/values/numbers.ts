import { GoError } from '../../../go/function.ts';
import { type GoValue, Int, int, isFloat, typeName } from '../../../go/values.ts';

const smallest = -(1n << 63n);

export const isInt = (value: GoValue): value is Int => value instanceof Int;

export const isNumber = (value: GoValue): value is Int | number | bigint => isFloat(value) || isInt(value);

/** A float64 cut to an int, as amd64 does it: what does not fit becomes the smallest. */
export function truncated(value: number | bigint): bigint {
  if (typeof value === 'bigint') return truncated(Number(value));
  if (!Number.isFinite(value)) return smallest;
  const whole = BigInt(Math.trunc(value));
  return BigInt.asIntN(64, whole) === whole ? whole : smallest;
}

/** Of a position or a size: whole, and no more than what arrays have. Throws GoError for what is no number. */
export function toInt(value: GoValue): number {
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return Math.trunc(value);
  if (isNumber(value)) return Number(isInt(value) ? value.value : truncated(value));
  throw new GoError(`invalid operation: int(${typeName(value)})`);
}

export function toFloat(value: GoValue): number {
  if (typeof value === 'number') return value;
  if (isNumber(value)) return Number(isInt(value) ? value.value : value);
  throw new GoError(`invalid operation: float(${typeName(value)})`);
}

/** Wraps around as Go's int does. */
export const wrapped = (value: bigint): Int => int(BigInt.asIntN(64, value));
