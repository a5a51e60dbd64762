import { parseFloat64, parseInteger } from '../../go/parse-number.ts';
import { int } from '../../go/values.ts';
import { refuse } from '../refuse.ts';
import type { Node } from './ast.ts';
import type { Token } from './tokens.ts';

/** A number literal: an int, or a float when it has a point or an exponent. Throws CONFIG_EXPRESSION. */
export function numberAt({ text, at }: Token): Node {
  const digits = text.replaceAll('_', '');
  const isFloat = !digits.includes('x') && /[.eE]/.test(digits);
  const value = isFloat ? parseFloat64(digits) : parseInteger(digits, digits.includes('x') ? 0 : 10);
  if (typeof value !== 'string') return { kind: 'literal', value: isFloat ? (value as number) : int(value), at };
  const what = isFloat ? 'float' : digits.includes('x') ? 'hex' : 'integer';
  throw refuse(`invalid ${what} literal: ${digits}: ${value}`, at);
}
