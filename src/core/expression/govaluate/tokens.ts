/**
 * The words of a govaluate expression.
 *
 * Its reader goes from character to character, and has its own ways: signs that stand together are one word (`a>-1` has the word `>-`,
 * which means nothing), a backslash takes the next character as it is, and a text that looks like a date becomes a number.
 */
import { refuse } from '../refuse.ts';
import { unixSecondsOf } from './dates.ts';
import { follows, type Kind } from './grammar.ts';
import { comparators, logicals, modifiers, prefixes, ternaries } from './symbols.ts';

export interface Token {
  readonly kind: Kind;
  /** A name, a text, or the sign as it stands. */
  readonly text: string;
  /** What a NUMERIC, BOOLEAN or TIME is worth. */
  readonly value?: number | boolean;
  readonly at: number;
}

/** Throws CONFIG_EXPRESSION. */
export function tokenize(text: string): readonly Token[] {
  const reader = new Reader(text);
  const tokens: Token[] = [];
  for (;;) {
    const token = reader.next(tokens.at(-1)?.kind ?? 'UNKNOWN');
    if (!token) return tokens;
    tokens.push(token);
  }
}

const isSpace = (character: string): boolean => /^[\p{Zs}\p{Zl}\p{Zp}\t\n\v\f\r\x85]$/u.test(character);
const isDigit = (character: string): boolean => /^\p{Nd}$/u.test(character);
const isLetter = (character: string): boolean => /^\p{L}$/u.test(character);
const isNumeric = (character: string): boolean => isDigit(character) || character === '.';
const isHex = (character: string): boolean => isDigit(character) || /^[a-f]$/i.test(character);
const isQuote = (character: string): boolean => character === "'" || character === '"';
const isName = (character: string): boolean => isLetter(character) || isDigit(character) || character === '_' || character === '.';
const isSign = (character: string): boolean =>
  !isDigit(character) && !isLetter(character) && !'()[]'.includes(character) && !isQuote(character);

interface Reading {
  readonly spaces: 'kept' | 'skipped' | 'end';
  readonly while: (character: string) => boolean;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next word; undefined at the end. */
  next(before: Kind): Token | undefined {
    while (this.#at < this.#text.length && isSpace(this.#peek())) this.#at += this.#peek().length;
    if (this.#at >= this.#text.length) return undefined;
    const at = this.#at;
    const first = this.#peek();
    if (isNumeric(first)) return this.#number(at);
    if (first === ',') return this.#single('SEPARATOR', ',');
    if (first === '[') return this.#bracketed(at);
    if (isLetter(first)) return this.#word(at);
    if (isQuote(first)) return this.#string(at);
    if (first === '(') return this.#single('CLAUSE', '(');
    if (first === ')') return this.#single('CLAUSE_CLOSE', ')');
    return this.#sign(at, before);
  }

  #single(kind: Kind, text: string): Token {
    const at = this.#at;
    this.#at += 1;
    return { kind, text, at };
  }

  #number(at: number): Token {
    if (this.#text.startsWith('0x', at)) {
      this.#at += 2;
      const digits = this.#read({ spaces: 'end', while: isHex }).text;
      const value = /^[0-9a-fA-F]+$/.test(digits) ? BigInt(`0x${digits}`) : undefined;
      if (value === undefined || value >= 1n << 64n) throw refuse(`Unable to parse hex value '${digits}' to uint64`, at);
      return { kind: 'NUMERIC', text: digits, value: Number(value), at };
    }
    const digits = this.#read({ spaces: 'end', while: isNumeric }).text;
    if (!/^(?:\d+\.?\d*|\.\d+)$/.test(digits)) throw refuse(`Unable to parse numeric value '${digits}' to float64`, at);
    return { kind: 'NUMERIC', text: digits, value: Number(digits), at };
  }

  #bracketed(at: number): Token {
    this.#at += 1;
    const { text, closed } = this.#read({ spaces: 'kept', while: (character) => character !== ']' });
    if (!closed) throw refuse('Unclosed parameter bracket', at);
    this.#at += 1;
    return { kind: 'VARIABLE', text, at };
  }

  #word(at: number): Token {
    const { text } = this.#read({ spaces: 'end', while: isName });
    if (text === 'true' || text === 'false') return { kind: 'BOOLEAN', text, value: text === 'true', at };
    if (text === 'in' || text === 'IN') return { kind: 'COMPARATOR', text: 'in', at };
    if (text.indexOf('.') <= 0) return { kind: 'VARIABLE', text, at };
    const hint = `a dot asks for a field of a struct, which no event has: give the value a name of its own in \`fields\`, or write [${text}]`;
    if (text.endsWith('.')) throw refuse(`Hanging accessor on token '${text}'`, at, hint);
    for (const part of text.split('.').slice(1)) {
      const first = part.slice(0, 1);
      if (first.toUpperCase() !== first) throw refuse(`Unable to access unexported field '${part}' in token '${text}'`, at, hint);
    }
    return { kind: 'ACCESSOR', text, at };
  }

  #string(at: number): Token {
    this.#at += 1;
    const { text, closed } = this.#read({ spaces: 'kept', while: (character) => !isQuote(character) });
    if (!closed) throw refuse('Unclosed string literal', at);
    this.#at += 1;
    const seconds = unixSecondsOf(text);
    return seconds === undefined ? { kind: 'STRING', text, at } : { kind: 'TIME', text, value: seconds, at };
  }

  #sign(at: number, before: Kind): Token {
    const { text } = this.#read({ spaces: 'end', while: isSign });
    if (text in prefixes && follows(before, 'PREFIX')) return { kind: 'PREFIX', text, at };
    if (text in modifiers) return { kind: 'MODIFIER', text, at };
    if (text in logicals) return { kind: 'LOGICALOP', text, at };
    if (text in comparators) return { kind: 'COMPARATOR', text, at };
    if (text in ternaries) return { kind: 'TERNARY', text, at };
    throw refuse(`Invalid token: '${text.slice(0, 100)}'`, at, hintFor(text));
  }

  /** Reads on; a backslash takes the next character whatever it is. `closed` tells that something ended it before the text did. */
  #read({ spaces, while: goesOn }: Reading): { text: string; closed: boolean } {
    let text = '';
    while (this.#at < this.#text.length) {
      const at = this.#at;
      const character = this.#peek();
      this.#at += character.length;
      if (character === '\\') {
        if (this.#at >= this.#text.length) throw refuse('there is nothing behind the backslash', at);
        const escaped = this.#peek();
        this.#at += escaped.length;
        text += escaped;
        continue;
      }
      if (spaces !== 'kept' && isSpace(character)) {
        if (text.length > 0) return { text, closed: true };
        continue;
      }
      if (!goesOn(character)) {
        this.#at = at;
        return { text, closed: true };
      }
      text += character;
    }
    return { text, closed: false };
  }

  #peek(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.#at)!);
  }
}

function hintFor(sign: string): string | undefined {
  if (sign === '=') return 'did you mean "=="?';
  if (sign === '===' || sign === '!==') return `did you mean "${sign.slice(0, 2)}"?`;
  if (sign === '.') return 'a number starts with a digit or a dot and a digit';
  const known = { ...modifiers, ...logicals, ...comparators, ...ternaries };
  for (let length = Math.min(sign.length - 1, 2); length > 0; length--) {
    const [head, tail] = [sign.slice(0, length), sign.slice(length)];
    if (head in known && (tail in known || tail in prefixes || tail === '.')) return `put a space between "${head}" and "${tail}"`;
  }
  return sign.includes('_') ? 'a name starts with a letter; write any other in brackets: [_name]' : undefined;
}
