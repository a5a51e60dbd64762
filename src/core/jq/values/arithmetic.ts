import { isObject, type Json, type JsonObject } from '../../json/json.ts';
import { Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { compare } from './compare.ts';
import { integer, isInteger, isNumber, type Numeric, toInt64 } from './numbers.ts';
import { copyOf, put } from './objects.ts';
import { describe, preview } from './preview.ts';

const cannot = (verb: string, left: Json, right: Json) => new Raised(() => `cannot ${verb}: ${describe(left)} and ${describe(right)}`);

export function add(run: Run, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    return Number.isSafeInteger(sum) || !isInteger(left) || !isInteger(right) ? sum : integer(BigInt(left) + BigInt(right));
  }
  if (typeof left === 'string' && typeof right === 'string') {
    run.grow(left.length + right.length);
    return left + right;
  }
  if (left === null) return right;
  if (right === null) return left;
  if (isNumber(left) && isNumber(right)) return exactly(run, left, right, (a, b) => a + b) ?? Number(left) + Number(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    run.growCells(left.length + right.length);
    return left.length === 0 ? right : right.length === 0 ? left : left.concat(right);
  }
  if (isObject(left) && isObject(right)) return merge(run, left, right);
  throw cannot('add', left, right);
}

function merge(run: Run, left: JsonObject, right: JsonObject): Json {
  const result = copyOf(run, left);
  const keys = Object.keys(right);
  run.growCells(keys.length);
  for (const key of keys) put(result, key, right[key]!);
  return result;
}

export function subtract(run: Run, left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    return Number.isSafeInteger(difference) || !isInteger(left) || !isInteger(right) ? difference : integer(BigInt(left) - BigInt(right));
  }
  if (isNumber(left) && isNumber(right)) return exactly(run, left, right, (a, b) => a - b) ?? Number(left) - Number(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    run.growCells(left.length);
    return left.filter((item) => {
      for (const other of right) {
        run.tick(1);
        if (compare(run, item, other) === 0) return false;
      }
      return true;
    });
  }
  throw cannot('subtract', left, right);
}

export function multiply(run: Run, left: Json, right: Json): Json {
  if (isNumber(left) && isNumber(right)) {
    const product = Number(left) * Number(right);
    if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) return product === 0 ? 0 : product;
    return exactly(run, left, right, (a, b) => a * b) ?? product;
  }
  if (typeof left === 'string' && isNumber(right)) return repeat(run, left, Number(right));
  if (typeof right === 'string' && isNumber(left)) return repeat(run, right, Number(left));
  if (isObject(left) && isObject(right)) return deepMerge(run, left, right);
  throw cannot('multiply', left, right);
}

const large = 2n ** 1024n;
const largest = 2n ** 1_000_000n;
const isLarge = (value: bigint): boolean => value > large || value < -large;

/** Large integers are paid for; those of more than a million bits, which take longer to print than anybody waits, are too large. */
function payFor(run: Run, a: bigint, b: bigint): void {
  if (!isLarge(a) && !isLarge(b)) return;
  if (a > largest || a < -largest || b > largest || b < -largest) run.grow(Number.POSITIVE_INFINITY);
  const [x, y] = [a, b].map((value) => value.toString(16).length / 16);
  run.grow((x! + y!) * 8);
  run.tick(Math.ceil((x! * y!) / 1000 + x! + y!));
}

/** The text so many times; a negative count or NaN gives null. */
function repeat(run: Run, text: string, times: number): Json {
  if (times < 0 || Number.isNaN(times)) return null;
  const count = Math.trunc(Math.min(times, 2 ** 31 - 1));
  if (text.length * count >= 2 ** 31 - 1) {
    throw new Raised(() => `repeat string result too large: ${preview(text)} * ${preview(times)}`);
  }
  run.grow(text.length * count);
  return text.repeat(count);
}

function deepMerge(run: Run, left: JsonObject, right: JsonObject): JsonObject {
  const result = copyOf(run, left);
  for (const key of Object.keys(right)) {
    run.tick(1);
    const old = Object.hasOwn(result, key) ? result[key] : undefined;
    const next = right[key]!;
    put(result, key, isObject(old) && isObject(next) ? deepMerge(run, old, next) : next);
  }
  return result;
}

export function divide(run: Run, left: Json, right: Json): Json {
  if (isNumber(left) && isNumber(right)) {
    // biome-ignore lint/suspicious/noDoubleEquals: zero is zero as a number and as a bigint
    if (right == 0) throw new Raised(() => `cannot divide ${describe(left)} by: ${describe(right)}`);
    if (typeof left === 'number' && typeof right === 'number') return left === 0 ? 0 : left / right;
    const whole = exactly(run, left, right, (a, b) => (a % b === 0n ? a / b : undefined));
    return whole ?? Number(left) / Number(right);
  }
  if (typeof left === 'string' && typeof right === 'string') return splitText(run, left, right);
  throw cannot('divide', left, right);
}

export function modulo(run: Run, left: Json, right: Json): Json {
  if (!isNumber(left) || !isNumber(right)) throw cannot('modulo', left, right);
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  const exact = isInteger(left) && isInteger(right);
  const a = exact ? left : integer(toInt64(left));
  const b = exact ? right : integer(toInt64(right));
  if (b === 0) throw new Raised(() => `cannot modulo ${describe(left)} by: ${describe(right)}`);
  if (typeof a === 'number' && typeof b === 'number') return a % b || 0;
  return exactly(run, a, b, (x, y) => x % y)!;
}

export function negate(value: Json): Json {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  if (typeof value === 'bigint') return integer(-value);
  throw new Raised(() => `cannot negate: ${describe(value)}`);
}

export function splitText(run: Run, text: string, separator: string): Json[] {
  if (text === '') return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  run.growCells(parts.length);
  run.grow(text.length);
  return parts;
}

/** The operation on whole numbers, or undefined when one of them is a double. */
function exactly(run: Run, left: Numeric, right: Numeric, operation: (a: bigint, b: bigint) => bigint | undefined): Json | undefined {
  if (!isInteger(left) || !isInteger(right)) return undefined;
  const [a, b] = [BigInt(left), BigInt(right)];
  payFor(run, a, b);
  const result = operation(a, b);
  return result === undefined ? undefined : integer(result);
}
