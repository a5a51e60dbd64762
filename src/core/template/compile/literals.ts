import type { GoType } from '../../go/function.ts';
import { type GoValue, Int } from '../../go/values.ts';
import type { Literal, Numeral } from '../syntax/ast.ts';
import { refuse } from '../syntax/refuse.ts';

const isNumeral = (value: Literal['value']): value is Numeral => typeof value === 'object';

/** A literal where nothing says which type it must have. */
export function ideal({ value }: Literal): GoValue {
  if (!isNumeral(value)) return value;
  return value.isFloat ? value.float : new Int(value.integer!, 'int');
}

/** A literal as an argument of the type, in the form in which functions take it. Throws CONFIG_TEMPLATE: it can never fit. */
export function literalArgument(literal: Literal, type: GoType): GoValue {
  const { value, text, offset } = literal;
  if (type === 'any') return ideal(literal);
  if (isNumeral(value)) {
    if (type === 'float64') return value.float;
    if (type === 'int' && value.integer !== undefined) return Number(value.integer);
  } else if (literal.kind === type) return value;
  else if (type === 'bool' && literal.kind === 'bool') return value;
  throw refuse(`expected ${expected[type]}; found ${text}`, offset);
}

const expected: Readonly<Record<Exclude<GoType, 'any'>, string>> = {
  string: 'a string',
  int: 'an integer',
  float64: 'a number',
  bool: 'true or false',
  map: 'a dict',
  'time.Time': 'a time',
};
