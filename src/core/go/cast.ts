import { parseFloat64, parseInteger } from './parse-number.ts';
import { type GoValue, Int, Struct } from './values.ts';

/** Any value as an int64, as sprig's arithmetic sees it: what is no number counts as 0, and so does text that is none. */
export function toInt64(value: GoValue): bigint {
  if (value instanceof Int) return BigInt.asIntN(64, value.value);
  if (typeof value === 'number') return truncated(value);
  if (typeof value === 'bigint') return value === BigInt.asIntN(64, value) ? value : truncated(Number(value));
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') {
    const parsed = parseInteger(value.replace(/\.0+$/, ''));
    return typeof parsed === 'bigint' ? parsed : 0n;
  }
  return value instanceof Struct && value.kind === 'int' ? (value.integer ?? 0n) : 0n;
}

/** Go's conversion on the machines that it mostly runs on: what does not fit is the smallest int64. */
function truncated(value: number): bigint {
  if (!(Math.abs(value) < 2 ** 63)) return -(1n << 63n);
  return BigInt(Math.trunc(value));
}

/** Any value as a float64; 0 for what is no number. */
export function toFloat64(value: GoValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int) return Number(value.value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    const parsed = parseFloat64(value);
    return typeof parsed === 'number' ? parsed : 0;
  }
  return value instanceof Struct && value.kind === 'int' ? Number(value.integer ?? 0) : 0;
}
