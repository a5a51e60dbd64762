import { toFloat64, toInt64 } from '../../go/cast.ts';
import { type Decimal, decimalNumber, decimalOf, dividedBy, minus, plus, times } from '../../go/decimal.ts';
import { print } from '../../go/format/index.ts';
import { fn, GoError, type GoFunction, type Spend, variadic } from '../../go/function.ts';
import { parseInteger } from '../../go/parse-number.ts';
import { type GoValue, type Int, int, int64, typedList } from '../../go/values.ts';

/** A list of ints from `start` on, without `stop`; empty where the step leads away from it. */
function range(start: number, stop: number, step: number, spend: Spend): number[] {
  const count = step === 0 ? 0 : Math.ceil((stop - start) / step);
  if (count <= 0) return [];
  spend.steps(count);
  spend.bytes(count * 16);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

const ints = (numbers: readonly number[]): GoValue => typedList('int', numbers.map(int));

function sequence(parameters: readonly number[], spend: Spend): string {
  const [first = 0, second = 0, third = 0] = parameters;
  if (parameters.length === 0 || parameters.length > 3) return '';
  const [start, end] = parameters.length === 1 ? [1, first] : parameters.length === 2 ? [first, second] : [first, third];
  const direction = end < start ? -1 : 1;
  const step = parameters.length === 3 ? second : direction;
  return range(start, end + direction, step, spend).join(' ');
}

function quotient(a: bigint, b: bigint): Int {
  if (b === 0n) throw new GoError('runtime error: integer divide by zero');
  return int64(a / b);
}

function remainder(a: bigint, b: bigint): Int {
  if (b === 0n) throw new GoError('runtime error: integer divide by zero');
  return int64(a % b);
}

type Operation = (a: Decimal, b: Decimal) => Decimal;

function computed(start: number, others: readonly GoValue[], operation: Operation, spend: Spend): number {
  let result = decimalOf(start);
  for (const other of others) {
    spend.steps(4);
    result = operation(result, decimalOf(toFloat64(other)));
  }
  return decimalNumber(result);
}

const chain = (operation: Operation): GoFunction =>
  variadic(['any'], 'any', ([first, ...others], spend) => computed(toFloat64(first), others, operation, spend));

const smallest = variadic(['any'], 'any', (values) => int64(values.map(toInt64).reduce((a, b) => (b < a ? b : a))));
const largest = variadic(['any'], 'any', (values) => int64(values.map(toInt64).reduce((a, b) => (b > a ? b : a))));

/** Half up, towards positive; other limits than 0.5 by the third argument. */
function rounded(value: number, places: number, limit: number): number {
  const power = 10 ** places;
  const shifted = power * value;
  const fraction = shifted - Math.trunc(shifted);
  return (fraction >= limit ? Math.ceil(shifted) : Math.floor(shifted)) / power;
}

function octal(text: string): Int {
  const value = parseInteger(text, 8);
  return int64(typeof value === 'bigint' ? value : 0);
}

function leadingInteger(text: string): Int {
  const value = parseInteger(text, 10);
  if (typeof value === 'bigint') return int(value);
  return int(value === 'invalid syntax' ? 0n : text.startsWith('-') ? -(1n << 63n) : (1n << 63n) - 1n);
}

export const numbers: Readonly<Record<string, GoFunction>> = {
  atoi: fn(['string'], ([text]) => leadingInteger(text)),
  int: fn(['any'], ([value]) => int(toInt64(value))),
  int64: fn(['any'], ([value]) => int64(toInt64(value))),
  float64: fn(['any'], ([value]) => toFloat64(value)),
  toDecimal: fn(['any'], ([value], spend) => octal(print([value], spend))),
  add: variadic([], 'any', (values) => int64(values.reduce((sum: bigint, value) => sum + toInt64(value), 0n))),
  add1: fn(['any'], ([value]) => int64(toInt64(value) + 1n)),
  sub: fn(['any', 'any'], ([a, b]) => int64(toInt64(a) - toInt64(b))),
  div: fn(['any', 'any'], ([a, b]) => quotient(toInt64(a), toInt64(b))),
  mod: fn(['any', 'any'], ([a, b]) => remainder(toInt64(a), toInt64(b))),
  mul: variadic(['any'], 'any', (values) =>
    int64(values.reduce((product: bigint, value) => BigInt.asIntN(64, product * toInt64(value)), 1n)),
  ),
  add1f: fn(['any'], ([value], spend) => computed(toFloat64(value), [1], plus, spend)),
  addf: variadic([], 'any', (values, spend) => computed(0, values, plus, spend)),
  subf: chain(minus),
  mulf: chain(times),
  divf: chain(dividedBy),
  max: largest,
  biggest: largest,
  min: smallest,
  maxf: variadic(['any'], 'any', (values) => Math.max(...values.map(toFloat64))),
  minf: variadic(['any'], 'any', (values) => Math.min(...values.map(toFloat64))),
  ceil: fn(['any'], ([value]) => Math.ceil(toFloat64(value))),
  floor: fn(['any'], ([value]) => Math.floor(toFloat64(value))),
  round: variadic(['any', 'int'], 'float64', ([value, places, limit = 0.5]) => rounded(toFloat64(value), places, limit)),
  until: fn(['int'], ([count], spend) => ints(range(0, count, count < 0 ? -1 : 1, spend))),
  untilStep: fn(['int', 'int', 'int'], ([start, stop, step], spend) => ints(range(start, stop, step, spend))),
  seq: variadic([], 'int', (parameters, spend) => sequence(parameters, spend)),
};
