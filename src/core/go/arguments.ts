import { GoError, type GoFunction, type GoType, type GoTypes } from './function.ts';
import { type GoMap, type GoValue, Int, isFloat, isMap, isStringMap, Struct, typeName } from './values.ts';

const names: Readonly<Record<GoType, string>> = {
  any: 'interface {}',
  string: 'string',
  int: 'int',
  float64: 'float64',
  bool: 'bool',
  map: 'map[string]interface {}',
  'time.Time': 'time.Time',
};

/** The type of the argument at `index`; undefined when there are only fewer. */
export const typeAt = ({ takes, rest }: GoFunction, index: number): GoType | undefined => takes[index] ?? rest;

/** What is wrong with this number of arguments, in Go's words. */
export function wrongCount(name: string, { takes, rest }: GoFunction, count: number): string | undefined {
  if (rest ? count >= takes.length : count === takes.length) return undefined;
  return `wrong number of args for ${name}: want ${rest ? 'at least ' : ''}${takes.length} got ${count}`;
}

/**
 * A value as a function takes it. Throws GoError, because Go converts nothing: a float64, which each number of JSON is, does not go where
 * an int is wanted.
 */
export function argument<T extends GoType>(value: GoValue, type: T): GoTypes[T];
export function argument(value: GoValue, type: GoType): GoTypes[GoType] {
  switch (type) {
    case 'any':
      return value === undefined ? null : value;
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'int':
      if (value instanceof Int && value.type === 'int') return safe(value.value);
      break;
    case 'float64':
      if (isFloat(value)) return Number(value);
      break;
    case 'bool':
      if (typeof value === 'boolean') return value;
      break;
    case 'map':
      if (value === undefined || isPlainMap(value)) return value;
      break;
    case 'time.Time':
      if (value instanceof Struct && value.type === type) return value;
  }
  throw new GoError(problem(value, type));
}

const isPlainMap = (value: GoValue): value is GoMap => isMap(value) && !isStringMap(value);

const safe = (value: bigint): number => Math.min(Math.max(Number(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);

function problem(value: GoValue, type: GoType): string {
  const wanted = names[type];
  if (value === undefined) return `invalid value; expected ${wanted}`;
  return `wrong type for value; expected ${wanted}; got ${value === null ? 'interface {}' : typeName(value)}`;
}
