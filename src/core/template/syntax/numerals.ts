import { parseFloat64, parseInteger } from '../../go/parse-number.ts';
import { unquote } from '../../go/unquote.ts';
import type { Numeral } from './ast.ts';
import { refuse } from './refuse.ts';

/** A number as Go's templates read it: all bases, `_` between digits, floats that are whole numbers count as ints where one is wanted. */
export function numeral(text: string, offset: number): Numeral {
  if (text.endsWith('i') && !/^[+-]?0[xX]/.test(text)) throw refuse(`${text} is an imaginary number, and there are none here`, offset);
  const integer = parseInteger(text);
  if (typeof integer === 'bigint') return { integer, float: Number(integer), isFloat: false };
  const float = parseFloat64(text);
  if (typeof float !== 'number' || !/[.eEpP]/.test(text)) {
    const tooLarge = integer === 'value out of range' || typeof float === 'number';
    throw refuse(`${tooLarge ? 'integer overflow' : 'illegal number syntax'}: "${text}"`, offset);
  }
  const whole = Number.isInteger(float) && Math.abs(float) < 2 ** 63;
  return { integer: whole ? BigInt(float) : undefined, float, isFloat: true };
}

/** `'x'` is the number of the character. */
export function character(text: string, offset: number): Numeral {
  const unquoted = unquote(text);
  const code = unquoted?.codePointAt(0);
  if (code === undefined || String.fromCodePoint(code) !== unquoted)
    throw refuse(`malformed character constant: ${text}`, offset, 'strings stand between double quotes');
  return { integer: BigInt(code), float: code, isFloat: false };
}
