import type { Json } from '../../json/json.ts';
import { negate } from '../values/arithmetic.ts';
import { isNumber, toIndex } from '../values/numbers.ts';
import { exponentOf, lnGamma, nextAfter, remainder, roundToEven, scale, split } from './floats.ts';
import type { Native, Natives } from './native.ts';
import { cannotApply } from './refusals.ts';

const functions: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: (x) => (x < 0 ? -Math.round(-x) : Math.round(x)),
  nearbyint: roundToEven,
  rint: roundToEven,
  fabs: Math.abs,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  exp10: (x) => 10 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  logb: (x) => (x === 0 ? Number.NEGATIVE_INFINITY : Number.isFinite(x) ? exponentOf(x) : x * x),
  significand: (x) => (x === 0 || !Number.isFinite(x) ? x : split(x)[0] * 2),
  gamma,
  tgamma: gamma,
  lgamma: lnGamma,
};

const functions2: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2: Math.atan2,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  drem: remainder,
  remainder,
  fdim: (x, y) => (x <= y ? 0 : x - y),
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  fmod: (x, y) => x % y,
  hypot: Math.hypot,
  ldexp: (x, y) => scale(x, toIndex(y)),
  scalb: (x, y) => scale(x, toIndex(y)),
  scalbln: (x, y) => scale(x, toIndex(y)),
  nextafter: nextAfter,
  nexttoward: nextAfter,
  pow: (x, y) => (x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y),
};

function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 24) {
    let product = 1;
    for (let factor = 2; factor < x; factor++) product *= factor;
    return product;
  }
  if (Number.isInteger(x) && x < 0) return Number.NaN;
  const size = Math.exp(lnGamma(x));
  return x < 0 && Math.floor(x) % 2 !== 0 ? -size : size;
}

function toFloat(name: string, value: Json): number {
  if (!isNumber(value)) throw cannotApply(name, value);
  return Number(value);
}

const named = <T>(table: Readonly<Record<string, T>>, arity: number, make: (name: string, apply: T) => Native): Natives =>
  Object.fromEntries(Object.entries(table).map(([name, apply]) => [`${name}/${arity}`, make(name, apply)]));

export const math: Natives = {
  ...named(functions, 0, (name, apply) => (_run, input) => apply(toFloat(name, input))),
  ...named(functions2, 2, (name, apply) => (_run, _input, x, y) => {
    const first = toFloat(name, x);
    return apply(first, toFloat(name, y));
  }),
  'fma/3': (_run, _input, x, y, z) => toFloat('fma', x) * toFloat('fma', y) + toFloat('fma', z),
  'frexp/0'(_run, input) {
    const [fraction, exponent] = split(toFloat('frexp', input));
    return [fraction, exponent];
  },
  'modf/0'(_run, input) {
    const value = toFloat('modf', input);
    const whole = Math.trunc(value);
    return [Number.isFinite(value) ? value - whole : Number.isNaN(value) ? value : 0, whole];
  },
  'abs/0': (_run, input) => (isNumber(input) ? (input < 0 ? negate(input) : input) : absOfOther(input)),
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isinfinite/0': (_run, input) => isNumber(input) && !Number.isNaN(input) && !Number.isFinite(Number(input)),
  'isfinite/0': (_run, input) => isNumber(input) && (Number.isNaN(input) || Number.isFinite(Number(input))),
  'isnan/0': (_run, input) => input !== null && Number.isNaN(toFloat('isnan', input)),
  'isnormal/0': (_run, input) => isNumber(input) && Math.abs(Number(input)) >= 2 ** -1022 && Number.isFinite(Number(input)),
};

/** What comes before the numbers in jq's order is less than zero and cannot be negated; what comes behind is itself. */
const absOfOther = (value: Json): Json => (value === null || typeof value === 'boolean' ? negate(value) : value);
