import { equal, isMap, order } from '../values/compare.ts';
import { CelFault, type CelResult } from '../values/fault.ts';
import { valueAt } from '../values/maps.ts';
import { Bytes, type CelObject, type CelValue, Int, type MapValue, Uint } from '../values/value.ts';
import { fault, missing, type Overload, overload, overloads, type Run } from './function.ts';
import { timeOperators } from './time.ts';

const smallest = -(1n << 63n);
const largest = (1n << 63n) - 1n;
const largestUnsigned = (1n << 64n) - 1n;

export const intOrFault = (value: bigint): CelResult => (value < smallest || value > largest ? fault('integer overflow') : new Int(value));
export const uintOrFault = (value: bigint): CelResult =>
  value < 0n || value > largestUnsigned ? fault('unsigned integer overflow') : new Uint(value);

/** The same sum for int, uint and double; the first two fail where they leave their range. */
function arithmetic(
  sign: string,
  ofIntegers: (a: bigint, b: bigint) => bigint | CelFault,
  ofDoubles?: (a: number, b: number) => number,
): Overload[] {
  const whole =
    <T extends { value: bigint }>(checked: (value: bigint) => CelResult) =>
    (a: T, b: T) => {
      const result = ofIntegers(a.value, b.value);
      return result instanceof CelFault ? result : checked(result);
    };
  const integers = [
    overload(`_${sign}_(int, int) -> int`, whole<Int>(intOrFault)),
    overload(`_${sign}_(uint, uint) -> uint`, whole<Uint>(uintOrFault)),
  ];
  return ofDoubles ? [...integers, overload(`_${sign}_(double, double) -> double`, (a: number, b: number) => ofDoubles(a, b))] : integers;
}

const joined = (a: Uint8Array, b: Uint8Array): Bytes => new Bytes(Buffer.concat([a, b]));

const negation = [
  overload('-_(int) -> int', ({ value }: Int) => intOrFault(-value)),
  overload('-_(double) -> double', (value: number) => -value),
];

const ordered = ['bool', 'string', 'bytes', 'timestamp', 'duration'];
const numbers = ['int', 'uint', 'double'];

/** Numbers of different types can be compared with each other; cel-go refuses that outside of a loop, where it knows their types. */
function comparison(sign: string, holds: (order: number) => boolean): Overload[] {
  const call = (a: CelValue, b: CelValue) => {
    const is = order(a, b);
    // Only a number that is none has no order here.
    return is !== undefined && holds(is);
  };
  return [
    ...overloads(ordered, `_${sign}_(T, T) -> bool`, call),
    ...numbers.flatMap((one) => overloads(numbers, `_${sign}_(${one}, T) -> bool`, call)),
  ];
}

function isIn(value: CelValue, list: readonly CelValue[], run: Run): boolean {
  run.steps(1 + list.length / 10);
  return list.some((item) => equal(value, item, run));
}

export const operators: readonly Overload[] = [
  ...arithmetic(
    '+',
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  ...arithmetic(
    '-',
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  ...arithmetic(
    '*',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  ...arithmetic(
    '/',
    (a, b) => (b === 0n ? fault('division by zero') : a / b),
    (a, b) => a / b,
  ),
  ...arithmetic('%', (a, b) => (b === 0n ? fault('modulus by zero') : a % b)),
  ...negation,
  overload('_+_(string, string) -> string', (a: string, b: string) => a + b),
  overload('_+_(bytes, bytes) -> bytes', (a: Bytes, b: Bytes, run: Run) => {
    run.bytes(a.bytes.length + b.bytes.length);
    return joined(a.bytes, b.bytes);
  }),
  overload('_+_(list(T), list(T)) -> list(T)', (a: readonly CelValue[], b: readonly CelValue[]) => [...a, ...b]),
  ...timeOperators,
  overload('!_(bool) -> bool', (value: boolean) => !value),
  ...comparison('<', (order) => order < 0),
  ...comparison('<=', (order) => order <= 0),
  ...comparison('>', (order) => order > 0),
  ...comparison('>=', (order) => order >= 0),
  // What follows is compiled in ways of its own where it can be; the signatures are what is checked.
  overload('_==_(T, T) -> bool', (a: CelValue, b: CelValue, run: Run) => equal(a, b, run)),
  overload('_!=_(T, T) -> bool', (a: CelValue, b: CelValue, run: Run) => !equal(a, b, run)),
  overload('_[_](list(T), int) -> T', (list: readonly CelValue[]) => missing('_[_]', [list])),
  overload('_[_](map(K, V), K) -> V', (map: CelObject) => missing('_[_]', [map])),
  overload('@in(T, list(T)) -> bool', isIn),
  overload('@in(K, map(K, V)) -> bool', (key: CelValue, map: CelObject | MapValue) => isMap(map) && valueAt(map, key) !== undefined),
];
