import { refuse } from '../refuse.ts';
import { type CelValue, Int, Uint } from '../values/value.ts';
import { quotedAt } from './quoted.ts';

/** A `field` is a name in backquotes, without them. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly is: 'word' | 'field' | 'sign' | 'end'; readonly text: string }
  | { readonly is: 'value'; readonly text: string; readonly value: CelValue }
);

const blank = /(?:[\t\n\f\r ]|\/\/[^\n]*)+/y;
const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const field = /`([A-Za-z0-9_.\-/ ]+)`/y;
const quote = /([bB]?)([rR]?)("""|'''|"|')/y;
const number = /0x[0-9a-fA-F]+[uU]?|(?:[0-9]+\.[0-9]+|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+(?:[eE][+-]?[0-9]+|[uU])?/y;
const sign = /&&|\|\||[=!<>]=|[-+*/%!?:.,()[\]{}<>]/y;

const largest = (1n << 63n) - 1n;
const largestUnsigned = (1n << 64n) - 1n;

/** The words of an expression, the last one the end. Throws CONFIG_CEL. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (;;) {
    at += take(blank)?.[0].length ?? 0;
    if (at >= text.length) break;
    const start = at;
    const opening = take(quote);
    if (opening) {
      const { value, end } = quotedAt(text, start, opening[0].length, {
        mark: opening[3]!,
        isRaw: opening[2] !== '',
        isBytes: opening[1] !== '',
      });
      at = end;
      tokens.push({ is: 'value', text: text.slice(start, end), value, start, end });
      continue;
    }
    const quoted = take(field);
    if (quoted) {
      at += quoted[0].length;
      tokens.push({ is: 'field', text: quoted[1]!, start, end: at });
      continue;
    }
    const name = take(word)?.[0];
    const digits = name === undefined ? take(number)?.[0] : undefined;
    const mark = name === undefined && digits === undefined ? take(sign)?.[0] : undefined;
    const found = name ?? digits ?? mark;
    if (found === undefined) throw refuse(unknown(text[start]!), start);
    at += found.length;
    const place = { text: found, start, end: at };
    if (digits === undefined) tokens.push({ is: name === undefined ? 'sign' : 'word', ...place });
    else tokens.push({ is: 'value', value: numberOf(digits, start), ...place });
  }
  tokens.push({ is: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function unknown(character: string): string {
  if (character === '=') return 'a single "=" is no operator: compare with "=="';
  if (character === '&' || character === '|') return `a single "${character}" is no operator: write "${character}${character}"`;
  return `${JSON.stringify(character)} means nothing here`;
}

/** The largest int is one less than the smallest without its sign; `-` in front of that is taken care of where signs are read. */
function numberOf(digits: string, at: number): CelValue {
  if (/[uU]$/.test(digits)) {
    const value = BigInt(digits.slice(0, -1));
    if (value > largestUnsigned) throw refuse(`${digits} is too large for a uint`, at);
    return new Uint(value);
  }
  if (!digits.startsWith('0x') && /[.eE]/.test(digits)) {
    const value = Number(digits);
    if (value === Number.POSITIVE_INFINITY) throw refuse(`${digits} is too large for a double`, at);
    return value;
  }
  const value = BigInt(digits);
  if (value > largest + 1n) throw refuse(`${digits} is too large for an int`, at);
  return new Int(value);
}

/** Whether a literal is the one int that only exists with `-` in front of it. */
export const isBeyondInt = (value: CelValue): boolean => value instanceof Int && value.value > largest;
