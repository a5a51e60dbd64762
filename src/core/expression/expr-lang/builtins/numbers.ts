import { printed } from '../../../go/format/index.ts';
import { GoError } from '../../../go/function.ts';
import { parseFloat64, parseInteger } from '../../../go/parse-number.ts';
import { type GoValue, type Int, int, Struct, typeName } from '../../../go/values.ts';
import { byBytes } from '../../../json/by-bytes.ts';
import { any, float, integer, string, type Type } from '../check/types.ts';
import { compare, negate } from '../values/arithmetic.ts';
import { isInt, isNumber, toFloat, truncated } from '../values/numbers.ts';
import { type BuiltinFunction, checked, demand, typed } from './define.ts';

const numeric: readonly Type['kind'][] = ['int', 'float'];

function ofNumber(name: string, result: (type: Type) => Type, call: (value: Int | number | bigint) => GoValue): BuiltinFunction {
  return checked(
    [1],
    (type) => {
      demand(type, numeric, `invalid argument for ${name} (type `);
      return result(type);
    },
    ([value]) => {
      if (!isNumber(value)) throw new GoError(`invalid argument for ${name} (type ${typeName(value)})`);
      return call(value);
    },
  );
}

const rounding = (name: string, round: (value: number) => number): BuiltinFunction =>
  ofNumber(
    name,
    () => float,
    (value) => round(toFloat(value)),
  );

const conversion = (name: string, result: Type, call: (value: GoValue) => GoValue): BuiltinFunction =>
  checked(
    [1],
    (type) => {
      demand(type, [...numeric, 'string'], `invalid argument for ${name} (type `);
      return result;
    },
    ([value]) => call(value),
  );

/** `int()`: a text must be all digits; a float is cut. Throws GoError. */
export function toIntValue(value: GoValue): GoValue {
  if (typeof value === 'string') {
    const parsed = parseInteger(value, 10);
    if (typeof parsed === 'bigint') return int(parsed);
    throw new GoError(`invalid operation: int(${value})`);
  }
  if (!isNumber(value)) throw new GoError(`invalid operation: int(${typeName(value)})`);
  return int(isInt(value) ? value.value : exactly(value));
}

/** Large integers keep their digits where they fit. */
const exactly = (value: number | bigint): bigint =>
  typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? value : truncated(value);

/** `float()`. Throws GoError. */
export function toFloatValue(value: GoValue): GoValue {
  if (typeof value === 'string') {
    const parsed = parseFloat64(value);
    if (typeof parsed === 'number') return parsed;
    throw new GoError(`invalid operation: float(${value})`);
  }
  return toFloat(value);
}

function extreme(name: string, sign: '<' | '>'): BuiltinFunction {
  return {
    check(types) {
      if (types.length === 0) throw new GoError(`not enough arguments to call ${name}`);
      for (const type of types) {
        if (type.kind === 'any') return any;
        demand(type, numeric, `invalid argument for ${name} (type `);
      }
      return types[0]!;
    },
    call(args, { run }) {
      run.steps(args.length);
      let best: GoValue = null;
      for (const value of args) {
        if (best === null) best = value;
        else if (sign === '<' ? compare(best, '<', value, byBytes) < 0 : compare(best, '>', value, byBytes) > 0) best = value;
      }
      return best;
    },
  };
}

function isNegative(value: Int | number | bigint): boolean {
  return (isInt(value) ? value.value : value) < 0;
}

const kinds: Readonly<Record<string, string>> = { nil: 'nil', float64: 'float', uint8: 'uint', uint64: 'uint', int64: 'int', int32: 'int' };

function kindOf(value: GoValue): string {
  if (value === null || value === undefined) return 'nil';
  const name = typeName(value);
  if (name.startsWith('[')) return 'array';
  if (name.startsWith('map[')) return 'map';
  if (value instanceof Struct) return name.replace(/^\*/, '');
  return kinds[name] ?? name;
}

export const numberFunctions: readonly (readonly [string, BuiltinFunction])[] = [
  ['type', typed('type', [[any, string]], ([value]) => kindOf(value))],
  ['string', typed('string', [[any, string]], ([value], { run }) => printed(value ?? null, run))],
  [
    'abs',
    ofNumber(
      'abs',
      (type) => type,
      (value) => (isNegative(value) ? negate(value) : value),
    ),
  ],
  ['ceil', rounding('ceil', Math.ceil)],
  ['floor', rounding('floor', Math.floor)],
  ['round', rounding('round', (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5))],
  ['int', conversion('int', integer, toIntValue)],
  ['float', conversion('float', float, toFloatValue)],
  ['max', extreme('max', '<')],
  ['min', extreme('min', '>')],
];
