import { floatText } from '../../go/float.ts';
import { parseFloat64, parseInteger } from '../../go/parse-number.ts';

/** A number as `tostring` and `..` write it: whole numbers plain up to 2^63, everything else as Go prints a float64. */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  if (isInt64(value)) return String(BigInt(value));
  return floatText(value);
}

/** Whether a number is whole and an int64 of Go. */
export const isInt64 = (value: number): boolean => Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;

/** Go's conversion to int64. What does not fit becomes the smallest, as on amd64. */
export function toInt64(value: number): bigint {
  const whole = Math.trunc(value);
  return isInt64(whole) ? BigInt(whole) : -(2n ** 63n);
}

/** An integer argument of a library function; beyond what arrays and strings could have, cut to it. */
export const toInteger = (value: number): number => {
  if (Number.isNaN(value)) return Number.MIN_SAFE_INTEGER;
  return Math.min(Math.max(Math.trunc(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
};

/** The number that a string stands for in arithmetic: Go's integers (`0x10`, `0b1`, `1_000`) and floats. Undefined when it is none. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.replace(/^[ \t\n]+/, '').replace(/[ \t\n]+$/, '');
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(trimmed)) return Number(trimmed);
  if (trimmed.length > 1000) return undefined;
  const integer = parseInteger(trimmed);
  if (typeof integer === 'bigint') return Number(integer);
  const float = parseFloat64(trimmed);
  return typeof float === 'number' ? float : undefined;
}
