import { order } from '../values/compare.ts';
import type { CelResult } from '../values/fault.ts';
import { type CelValue, Int, kindOf, Uint } from '../values/value.ts';
import { elements, fault, missing, type Overload, overload, overloads } from './function.ts';
import { intOrFault } from './operators.ts';

const numbers = ['int', 'uint', 'double'];
const same = (value: CelValue): CelValue => value;

/** The one of them for which the order with each other one is `sign` or equal. */
function extreme(name: string, sign: 1 | -1): Overload[] {
  const full = `math.${name}`;
  const of = (values: readonly CelValue[]): CelResult => {
    const [first, ...rest] = elements(values);
    if (first === undefined) return fault(`${full}(list) argument must not be empty`);
    const wrong = values.find((value) => !numbers.includes(kindOf(value)));
    if (wrong !== undefined) return missing(full, [wrong]);
    return rest.reduce((best, value) => ((order(value, best) ?? 0) * sign > 0 ? value : best), first);
  };
  return [
    ...overloads(numbers, `${full}(T) -> T`, same),
    ...numbers.flatMap((one) =>
      numbers.map((other) =>
        overload(`${full}(${one}, ${other}) -> ${one === other ? one : 'dyn'}`, (a: CelValue, b: CelValue) => of([a, b])),
      ),
    ),
    ...overloads(numbers, `${full}(list(T)) -> T`, of),
  ];
}

type Whole = Int | Uint;
const like = (one: Whole, value: bigint): Whole =>
  one instanceof Int ? new Int(BigInt.asIntN(64, value)) : new Uint(BigInt.asUintN(64, value));

function bits(name: string, join: (a: bigint, b: bigint) => bigint): Overload[] {
  const full = `math.${name}`;
  const of = (values: readonly CelValue[]): CelResult => {
    const [first, ...rest] = values;
    if (first === undefined) return fault(`${full}(list) argument must not be empty`);
    const wrong = values.find((value) => kindOf(value) !== kindOf(first) || !(value instanceof Int || value instanceof Uint));
    if (wrong !== undefined) return missing(full, [first, wrong]);
    return (rest as Whole[]).reduce((sum, value) => like(sum, join(sum.value, value.value)), first as Whole);
  };
  return [
    ...overloads(['int', 'uint'], `${full}(T) -> T`, same),
    ...overloads(['int', 'uint'], `${full}(T, T) -> T`, (a: CelValue, b: CelValue) => of([a, b])),
    ...overloads(['int', 'uint'], `${full}(list(T)) -> T`, of),
  ];
}

/** A shift to the right brings zeros, also for an int below zero. */
function shift(name: string, move: (value: bigint, by: bigint) => bigint): Overload[] {
  return overloads(['int', 'uint'], `math.${name}(T, int) -> T`, (value: Whole, { value: by }: Int) => {
    if (by < 0n) return fault(`math.${name}() negative offset: ${by}`);
    return by > 63n ? like(value, 0n) : like(value, move(BigInt.asUintN(64, value.value), by));
  });
}

const ofDouble = (name: string, result: string, call: (value: number) => CelResult): Overload =>
  overload(`math.${name}(double) -> ${result}`, call);

/** The library `math`. */
export const mathFunctions: readonly Overload[] = [
  ...extreme('greatest', 1),
  ...extreme('least', -1),
  ofDouble('ceil', 'double', Math.ceil),
  ofDouble('floor', 'double', Math.floor),
  ofDouble('round', 'double', (value) => Math.sign(value) * Math.round(Math.abs(value))),
  ofDouble('trunc', 'double', Math.trunc),
  ofDouble('isInf', 'bool', (value) => Math.abs(value) === Number.POSITIVE_INFINITY),
  ofDouble('isNaN', 'bool', Number.isNaN),
  ofDouble('isFinite', 'bool', Number.isFinite),
  ofDouble('abs', 'double', Math.abs),
  overload('math.abs(int) -> int', ({ value }: Int) => intOrFault(value < 0n ? -value : value)),
  overload('math.abs(uint) -> uint', same),
  ofDouble('sign', 'double', Math.sign),
  overload('math.sign(int) -> int', ({ value }: Int) => new Int(value > 0n ? 1n : value < 0n ? -1n : 0n)),
  overload('math.sign(uint) -> uint', ({ value }: Uint) => new Uint(value > 0n ? 1n : 0n)),
  ofDouble('sqrt', 'double', Math.sqrt),
  ...overloads(['int', 'uint'], 'math.sqrt(T) -> double', ({ value }: Whole) => Math.sqrt(Number(value))),
  ...bits('bitAnd', (a, b) => a & b),
  ...bits('bitOr', (a, b) => a | b),
  ...bits('bitXor', (a, b) => a ^ b),
  ...overloads(['int', 'uint'], 'math.bitNot(T) -> T', (value: Whole) => like(value, ~value.value)),
  ...shift('bitShiftLeft', (value, by) => value << by),
  ...shift('bitShiftRight', (value, by) => value >> by),
];
