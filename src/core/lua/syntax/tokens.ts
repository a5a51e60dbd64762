import { binaryOf } from '../values/binary.ts';
import { refuse } from './refuse.ts';
import { Scanner } from './scanner.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  /** As it stands in the script; of a string the value, in bytes. */
  readonly text: string;
  /** In characters from 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

const signs = /(?:\.{1,3}|==|~=|<=|>=|::|[-+*/%^#()[\]{};:,<>=])/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const numeral = /0[xX][0-9A-Fa-f]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/y;
const space = /[ \t\r\n]+/y;
const longBracket = /\[(=*)\[/y;

/**
 * The words of a script as Lua 5.1 has them, without comments. Throws EngineError CONFIG_LUA for what is no word of it: operators of later
 * versions (`//`, `&`, `|`, `~`, `<<`), strings that do not end.
 */
export function tokensOf(script: string): Token[] {
  const scanner = new Scanner(script);
  const tokens: Token[] = [];
  for (;;) {
    scanner.skip(space);
    const { at: offset, line } = scanner;
    if (scanner.ended) return tokens;
    if (scanner.take('--')) {
      comment(scanner);
      continue;
    }
    tokens.push({ ...word(scanner), offset, line });
  }
}

function comment(scanner: Scanner): void {
  const open = scanner.match(longBracket);
  if (open) longText(scanner, open[1]!.length, 'comment');
  else scanner.skip(/[^\n]*/y);
}

function word(scanner: Scanner): Pick<Token, 'kind' | 'text'> {
  const { at } = scanner;
  const word = scanner.match(name);
  if (word) return { kind: 'name', text: word[0] };
  const number = scanner.match(numeral);
  if (number) {
    if (scanner.match(/[A-Za-z0-9_.]/y)) throw refuse(`malformed number near "${scanner.from(at)}"`, at);
    return { kind: 'number', text: number[0] };
  }
  const open = scanner.match(longBracket);
  if (open) return { kind: 'string', text: longText(scanner, open[1]!.length, 'string') };
  const quote = scanner.match(/["']/y);
  if (quote) return { kind: 'string', text: quoted(scanner, quote[0], at) };
  const sign = scanner.match(signs);
  if (sign) return { kind: 'sign', text: sign[0] };
  throw notLua(scanner, at);
}

const hints: Readonly<Record<string, string>> = {
  '~': 'not equal is ~=',
  '!': 'not equal is ~=, and negation is the word not',
  '&': 'both conditions: and; bits cannot be combined in Lua 5.1',
  '|': 'one condition or the other: or; bits cannot be combined in Lua 5.1',
};

function notLua(scanner: Scanner, at: number): Error {
  const character = String.fromCodePoint(scanner.text.codePointAt(at)!);
  return refuse(`"${character}" is no word of Lua 5.1`, at, hints[character]);
}

/** What stands behind `[==[`, up to the same number of signs; a line end right behind the bracket does not count. */
function longText(scanner: Scanner, level: number, what: string): string {
  const start = scanner.at;
  const close = `]${'='.repeat(level)}]`;
  const end = scanner.text.indexOf(close, start);
  if (end < 0) throw refuse(`this ${what} does not end: ${close} is missing`, start - level - 2);
  scanner.to(end + close.length);
  return binaryOf(
    scanner.text
      .slice(start, end)
      .replace(/\r\n|\n\r|\r/g, '\n')
      .replace(/^\n/, ''),
  );
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function quoted(scanner: Scanner, quote: string, start: number): string {
  const parts: string[] = [];
  for (;;) {
    const plain = scanner.match(/[^"'\\\r\n]+/y);
    if (plain) parts.push(binaryOf(plain[0]));
    const next = scanner.match(/\\(?:[0-9]{1,3}|\r\n|\n\r|.|$)|["']/suy)?.[0];
    if (next === quote) return parts.join('');
    if (next === undefined || next === '\\') throw refuse(`this string does not end: ${quote} is missing`, start);
    parts.push(next.startsWith('\\') ? escaped(next.slice(1)) : next);
  }
}

/** As gopher-lua reads it: an escape that means nothing is its own letter, and numbers count modulo 256. */
function escaped(text: string): string {
  if (/^[0-9]/.test(text)) return String.fromCharCode(Number(text) & 255);
  if (/^[\r\n]/.test(text)) return '\n';
  return escapes[text] ?? binaryOf(text);
}
