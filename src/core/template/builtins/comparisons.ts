import { fn, GoError, type GoFunction, variadic } from '../../go/function.ts';
import { type GoValue, Int, isFloat, Struct, typeName } from '../../go/values.ts';
import { byBytes } from '../../json/by-bytes.ts';

type Kind = 'bool' | 'int' | 'uint' | 'float' | 'string' | 'other';

function kindOf(value: GoValue): Kind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (isFloat(value)) return 'float';
  if (!(value instanceof Int)) return 'other';
  return value.type.startsWith('u') ? 'uint' : 'int';
}

const isInteger = (kind: Kind): boolean => kind === 'int' || kind === 'uint';

/** Only values of one kind compare: an int literal is not equal to a number of the event, it is an error. */
function equal(a: GoValue, b: GoValue): boolean {
  const [kind, other] = [kindOf(a), kindOf(b)];
  if (isInteger(kind) && isInteger(other)) return (a as Int).value === (b as Int).value;
  if (kind !== other) {
    if (a === null || b === null) return false;
    throw new GoError(incompatible(a, b));
  }
  if (kind === 'float') return Number(a) === Number(b);
  if (kind !== 'other') return a === b;
  if (a === null || b === null) return a === b;
  if (typeName(a) !== typeName(b) || !(a instanceof Struct)) throw new GoError(`non-comparable type ${typeName(b)}`);
  return a.equals(b as Struct);
}

function less(a: GoValue, b: GoValue): boolean {
  const [kind, other] = [kindOf(a), kindOf(b)];
  if (kind === 'other' || other === 'other') throw new GoError('invalid type for comparison');
  if (isInteger(kind) && isInteger(other)) return (a as Int).value < (b as Int).value;
  if (kind !== other) throw new GoError(incompatible(a, b));
  if (kind === 'bool') throw new GoError('invalid type for comparison');
  return kind === 'float' ? Number(a) < Number(b) : byBytes(a as string, b as string) < 0;
}

function incompatible(a: GoValue, b: GoValue): string {
  const problem = `incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`;
  const isMix = (isFloat(a) && b instanceof Int) || (isFloat(b) && a instanceof Int);
  return isMix ? `${problem}; numbers of an event are float64: write 1.0 for 1, or convert with int64 or float64` : problem;
}

const lessOrEqual = (a: GoValue, b: GoValue): boolean => less(a, b) || equal(a, b);

export const comparisons: Readonly<Record<string, GoFunction>> = {
  eq: variadic(['any'], 'any', ([value, ...others]) => {
    if (others.length === 0) throw new GoError('missing argument for comparison');
    return others.some((other) => equal(value, other));
  }),
  ne: fn(['any', 'any'], ([a, b]) => !equal(a, b)),
  lt: fn(['any', 'any'], ([a, b]) => less(a, b)),
  le: fn(['any', 'any'], ([a, b]) => lessOrEqual(a, b)),
  gt: fn(['any', 'any'], ([a, b]) => !lessOrEqual(a, b)),
  ge: fn(['any', 'any'], ([a, b]) => !less(a, b)),
};
