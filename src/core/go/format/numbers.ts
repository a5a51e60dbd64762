import { type FloatForm, formatFloat } from '../float.ts';
import { isPrint, quoteRune } from '../quote.ts';
import type { Int } from '../values.ts';
import { type Flags, pad } from './flags.ts';

const bases: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** An integer by a verb; undefined when the verb is not for integers. */
export function integerText(value: Int, verb: string, flags: Flags): string | undefined {
  const unsigned = value.type.startsWith('uint');
  if (verb === 'v' && flags.goSyntax && unsigned) return digitsText(value.value, 16, 'x', { ...flags, sharp: true });
  const base = bases[verb];
  if (base) return digitsText(value.value, base, verb, flags);
  const code = Number(BigInt.asUintN(64, value.value));
  if (verb === 'c') return pad(codePoint(code), flags);
  if (verb === 'q') return pad(quoteRune(code > 0x10ffff ? 0xfffd : code, flags.plus), flags);
  return verb === 'U' ? unicodeText(BigInt.asUintN(64, value.value), flags) : undefined;
}

const codePoint = (code: number): string => (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code));

function digitsText(value: bigint, base: number, verb: string, flags: Flags): string {
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (flags.precision === 0 && size === 0n) return ' '.repeat(flags.width ?? 0);
  const zeros = flags.precision ?? (flags.zero && !flags.minus && flags.width !== undefined ? flags.width - sign.length : 0);
  let digits = size.toString(base).padStart(zeros, '0');
  if (verb === 'X') digits = digits.toUpperCase();
  return pad(sign + prefix(base, verb, digits, flags.sharp) + digits, flags, false);
}

function prefix(base: number, verb: string, digits: string, sharp: boolean): string {
  const mark = verb === 'O' ? '0o' : '';
  if (!sharp) return mark;
  if (base === 2) return '0b';
  if (base === 8) return digits.startsWith('0') ? mark : `${mark}0`;
  return base === 16 ? (verb === 'X' ? '0X' : '0x') : mark;
}

function unicodeText(code: bigint, flags: Flags): string {
  const text = `U+${code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0')}`;
  const character = code <= 0x10ffffn ? codePoint(Number(code)) : '';
  return pad(flags.sharp && character && isPrint(character) ? `${text} '${character}'` : text, flags, false);
}

/** Verb → form and the digits that it has when none are asked for. */
const forms: Readonly<Record<string, readonly [FloatForm, number]>> = {
  v: ['g', -1],
  b: ['b', -1],
  g: ['g', -1],
  G: ['g', -1],
  x: ['x', -1],
  X: ['x', -1],
  f: ['f', 6],
  F: ['f', 6],
  e: ['e', 6],
  E: ['e', 6],
};

/** A float64 by a verb; undefined when the verb is not for floats. */
export function floatByVerb(value: number, verb: string, flags: Flags): string | undefined {
  const known = forms[verb];
  if (!known) return undefined;
  const [form, usual] = known;
  const precision = flags.precision ?? usual;
  let text = formatFloat(value, form, precision);
  if (verb === 'G' || verb === 'E' || verb === 'X') text = text.toUpperCase().replace('INF', 'Inf').replace('NAN', 'NaN');
  const sign = /^[+-]/.exec(text)?.[0] ?? '+';
  let digits = text.replace(/^[+-]/, '');
  const shownSign = sign === '+' ? (flags.plus ? '+' : flags.space ? ' ' : '') : sign;
  if (digits === 'NaN') return pad(shownSign + digits, flags, false);
  if (digits === 'Inf') return pad((shownSign || '+') + digits, flags, false);
  if (flags.sharp && verb !== 'b') digits = withPoint(digits, verb, precision);
  if (shownSign && flags.zero && !flags.minus && flags.width !== undefined) return shownSign + digits.padStart(flags.width - 1, '0');
  return pad(shownSign + digits, flags);
}

/** `%#g`: the point is always there, and zeros up to the precision. */
function withPoint(text: string, verb: string, precision: number): string {
  const tailAt = /[xX]/.test(verb) ? text.search(/[pP]/) : text.search(/[eE]/);
  const head = tailAt < 0 ? text : text.slice(0, tailAt);
  const tail = tailAt < 0 ? '' : text.slice(tailAt);
  let missing = /[vgGx]/.test(verb) ? (precision < 0 ? 6 : precision) : 0;
  const significant = head.replace(/^[0.]+/, '');
  missing -= significant.replace('.', '').length;
  if (head === '0') missing -= 1;
  return head + (head.includes('.') ? '' : '.') + '0'.repeat(Math.max(missing, 0)) + tail;
}
