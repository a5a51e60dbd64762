import { printed } from '../../go/format/index.ts';
import { byBytes } from '../../json/by-bytes.ts';
import { equalJson } from '../../json/equal.ts';
import type { Json } from '../../json/json.ts';
import { compileRegex, type Regex } from '../../regex.ts';
import type { Run } from '../limits.ts';
import { pow } from '../pow.ts';
import { failed } from '../refuse.ts';

/** What an operator does with its two values. A prefix has only the right one. */
export type Operation = (left: Json, right: Json, run: Run) => Json;

const numeric = {
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '**': pow,
  '|': (a: number, b: number) => Number(int64(a) | int64(b)),
  '&': (a: number, b: number) => Number(int64(a) & int64(b)),
  '^': (a: number, b: number) => Number(int64(a) ^ int64(b)),
  '<<': (a: number, b: number) => (uint64(b) > 63n ? 0 : Number(BigInt.asUintN(64, uint64(a) << uint64(b)))),
  '>>': (a: number, b: number) => (uint64(b) > 63n ? 0 : Number(uint64(a) >> uint64(b))),
};

const orders = {
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
};

/** The operation of a sign that stands between two values and always needs both. Runs throw EVENT_EXPRESSION_FAILED in govaluate's words. */
export function binary(sign: string, at: number): Operation {
  if (sign === '==') return (left, right) => equal(left, right);
  if (sign === '!=') return (left, right) => !equal(left, right);
  if (sign === '+') return (left, right, run) => sum(left, right, run, at);
  if (sign === ',') return (left, right, run) => list(left, right, run);
  if (sign === 'in') return (left, right, run) => isIn(left, right, run, at);
  if (sign === '=~' || sign === '!~') return (left, right, run) => matchesText(sign, left, right, run, at);
  if (sign in orders) return compared(sign as keyof typeof orders, at);
  const compute = numeric[sign as keyof typeof numeric];
  return (left, right, run) => {
    if (typeof left === 'number' && typeof right === 'number') return compute(left, right);
    return compute(asNumber(left, 'the modifier', sign, run, at), asNumber(right, 'the modifier', sign, run, at));
  };
}

export function prefix(sign: string, at: number): Operation {
  return (_, right, run) => {
    if (sign === '!' ? typeof right !== 'boolean' : !isNumber(right)) throw failed(unusable(right, 'the prefix', sign, '', run), at);
    if (sign === '!') return !right;
    return sign === '-' ? -Number(right) : Number(~int64(Number(right)));
  };
}

export function equal(left: Json, right: Json): boolean {
  if (typeof left === typeof right && typeof left !== 'object') return left === right;
  if (isNumber(left) && isNumber(right)) return Number(left) === Number(right);
  return left === right || equalJson(left, right);
}

function sum(left: Json, right: Json, run: Run, at: number): Json {
  if (typeof left === 'string' || typeof right === 'string') {
    const text = `${printed(left, run)}${printed(right, run)}`;
    run.bytes(text.length);
    return text;
  }
  if (isNumber(left) && isNumber(right)) return Number(left) + Number(right);
  throw failed(unusable(left, 'the modifier', '+', noNumber, run), at);
}

function list(left: Json, right: Json, run: Run): Json {
  const items = Array.isArray(left) ? [...left, right] : [left, right];
  run.bytes(16 * items.length);
  return items;
}

function isIn(left: Json, right: Json, run: Run, at: number): boolean {
  if (!Array.isArray(right)) throw failed(unusable(right, 'the comparator', 'in', noNumber, run), at);
  run.steps(right.length);
  return right.some((item) => {
    if (
      typeof left === 'object' &&
      left !== null &&
      typeof item === 'object' &&
      item !== null &&
      Array.isArray(left) === Array.isArray(item)
    ) {
      throw failed('the comparator "in" cannot look for a list or an object', at);
    }
    return equal(left, item);
  });
}

function compared(sign: keyof typeof orders, at: number): Operation {
  const holds = orders[sign];
  return (left, right, run) => {
    if (typeof left === 'number' && typeof right === 'number')
      return !Number.isNaN(left) && !Number.isNaN(right) && holds(left - right || order(left, right));
    if (isNumber(left) && isNumber(right)) return holds(order(left, right));
    if (typeof left === 'string' && typeof right === 'string') return holds(byBytes(left, right));
    throw failed(unusable(left, 'the comparator', sign, noNumber, run), at);
  };
}

/** Two big integers are compared to the last digit; beside a float64, which any number in an expression is, one is a float64 too. */
function order(left: number | bigint, right: number | bigint): number {
  if (typeof left !== typeof right) return order(Number(left), Number(right));
  return left < right ? -1 : left > right ? 1 : 0;
}

function matchesText(sign: string, left: Json, right: Json, run: Run, at: number): boolean {
  const text = subject(sign, left, run, at);
  if (typeof right !== 'string') throw failed(unusable(right, 'the comparator', sign, noNumber, run), at);
  run.steps(1 + right.length);
  let regex: Regex;
  try {
    regex = compileRegex(right);
  } catch (thrown) {
    throw failed(`Unable to compile regexp pattern '${right}': ${(thrown as Error).message}`, at);
  }
  return (sign === '=~') === regexTest(regex, text, run);
}

/** `=~` and `!~` with a pattern that stands in the expression. */
export function matches(sign: string, regex: Regex, at: number): Operation {
  return (left, _, run) => (sign === '=~') === regexTest(regex, subject(sign, left, run, at), run);
}

function subject(sign: string, value: Json, run: Run, at: number): string {
  if (typeof value === 'string') return value;
  throw failed(unusable(value, 'the comparator', sign, noNumber, run), at);
}

function regexTest(regex: Regex, text: string, run: Run): boolean {
  run.steps((text.length * regex.pattern.length) / 1000);
  return regex.test(text);
}

/** govaluate's words, which say "number" whatever was wanted. */
const noNumber = ', it is not a number';

export function unusable(value: Json, role: string, sign: string, because: string, run: Run): string {
  return `Value '${printed(value, run)}' cannot be used with ${role} '${sign}'${because}`;
}

function asNumber(value: Json, role: string, sign: string, run: Run, at: number): number {
  if (isNumber(value)) return Number(value);
  throw failed(unusable(value, role, sign, noNumber, run), at);
}

const isNumber = (value: Json): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const smallest = -(1n << 63n);

/** Go's conversion on amd64: what does not fit becomes the smallest integer. */
function int64(value: number): bigint {
  if (!Number.isFinite(value)) return smallest;
  const whole = BigInt(Math.trunc(value));
  return BigInt.asIntN(64, whole) === whole ? whole : smallest;
}

function uint64(value: number): bigint {
  if (value < 2 ** 63) return BigInt.asUintN(64, int64(value));
  return value < 2 ** 64 ? BigInt(Math.trunc(value)) : -smallest;
}
