import { GoError } from './function.ts';

/** A number in digits, as sprig's `addf` and its kin compute: 0.1 and 0.2 are 0.3. Worth `digits` times ten to the `exponent`. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Throws GoError for what is not finite. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value))
    throw new GoError(`Cannot create a Decimal from ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`);
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

export const decimalNumber = ({ digits, exponent }: Decimal): number => Number(`${digits}e${exponent}`);

const scaled = ({ digits, exponent }: Decimal, to: number): bigint => digits * 10n ** BigInt(exponent - to);

export function plus(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export const minus = (a: Decimal, b: Decimal): Decimal => plus(a, { ...b, digits: -b.digits });

export const times = (a: Decimal, b: Decimal): Decimal => ({ digits: a.digits * b.digits, exponent: a.exponent + b.exponent });

/** Places behind the point that a division is carried to. */
const places = 16;

/** Rounded to 16 places, halves away from zero. Throws GoError for a division by zero. */
export function dividedBy(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new GoError('decimal division by 0');
  const shift = a.exponent - b.exponent + places;
  const above = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const below = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits;
  const quotient = above / below;
  const rest = above % below;
  const isHalf = 2n * size(rest) >= size(below);
  const away = above < 0n === below < 0n ? 1n : -1n;
  return { digits: isHalf ? quotient + away : quotient, exponent: -places };
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
