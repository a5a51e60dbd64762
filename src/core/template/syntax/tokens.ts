import { refuse } from './refuse.ts';

export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'word'
  | 'keyword'
  | 'bool'
  | 'nil'
  | 'field'
  | 'dot'
  | 'variable'
  | 'number'
  | 'string'
  | 'character'
  | '|'
  | '('
  | ')'
  | ':='
  | '='
  | ','
  | 'other'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** In characters from 0. */
  readonly offset: number;
}

const keywords = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', 'break', 'continue']);

const name = /[\p{L}\p{Nd}_]+/uy;
const number =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;
const quoted = { '"': /"(?:[^"\\\n]|\\[^\n])*"/y, "'": /'(?:[^'\\\n]|\\[^\n])*'/y, '`': /`[^`]*`/y };
const unclosed = {
  '"': 'unterminated quoted string',
  "'": 'unterminated character constant',
  '`': 'unterminated raw quoted string',
};

/** Splits a template into tokens, on demand, so that the first mistake in the text is the one that is told. Throws CONFIG_TEMPLATE. */
export class Tokens {
  readonly #text: string;
  #at = 0;
  #inside = false;
  #parentheses: number[] = [];
  #opened = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    return this.#inside ? this.#nextInside() : this.#nextOutside();
  }

  #token(kind: TokenKind, length: number): Token {
    const token = { kind, text: this.#text.slice(this.#at, this.#at + length), offset: this.#at };
    this.#at += length;
    return token;
  }

  /** Plain text up to the next action; comments are left out. */
  #nextOutside(): Token {
    for (;;) {
      const text = this.#text;
      const start = this.#at;
      if (start >= text.length) return this.#token('end', 0);
      const open = text.indexOf('{{', start);
      const end = open < 0 ? text.length : open;
      const trims = open >= 0 && text[open + 2] === '-' && isSpace(text[open + 3]);
      const kept = trims ? trimmedEnd(text, start, end) : end;
      if (kept > start) {
        this.#at = end;
        return { kind: 'text', text: text.slice(start, kept), offset: start };
      }
      this.#at = end;
      if (open < 0) continue;
      this.#opened = open;
      const inner = open + (trims ? 4 : 2);
      if (text.startsWith('/*', trims ? open + 4 : inner)) {
        this.#comment(inner);
        continue;
      }
      this.#inside = true;
      this.#parentheses = [];
      this.#at = trims ? open + 4 : open + 2;
      return { kind: 'open', text: '{{', offset: open };
    }
  }

  #comment(start: number): void {
    const close = this.#text.indexOf('*/', start + 2);
    if (close < 0) throw refuse('unclosed comment', start, 'close it with */}}');
    this.#at = close + 2;
    const length = this.#closing();
    if (length === 0) throw refuse('comment ends before closing delimiter', this.#at, '}} must stand right behind */');
    this.#close(length);
  }

  /** Length of `}}` or ` -}}` here; 0 when there is none. */
  #closing(): number {
    if (this.#text.startsWith('}}', this.#at)) return 2;
    return isSpace(this.#text[this.#at]) && this.#text.startsWith('-}}', this.#at + 1) ? 4 : 0;
  }

  #close(length: number): Token {
    const token = this.#token('close', length);
    if (length === 4) while (isSpace(this.#text[this.#at])) this.#at += 1;
    this.#inside = false;
    return { ...token, text: '}}' };
  }

  #nextInside(): Token {
    const closing = this.#closing();
    if (closing > 0) {
      const parenthesis = this.#parentheses.pop();
      if (parenthesis !== undefined) throw refuse('unclosed left paren', parenthesis, 'close it with )');
      return this.#close(closing);
    }
    const one = this.#text[this.#at];
    if (one === undefined) throw refuse('unclosed action', this.#opened, 'close it with }}');
    if (isSpace(one)) return this.#space();
    switch (one) {
      case '=':
      case '|':
      case ',':
        return this.#token(one, 1);
      case ':':
        if (this.#text[this.#at + 1] !== '=') throw refuse('expected :=', this.#at);
        return this.#token(':=', 2);
      case '(':
        this.#parentheses.push(this.#at);
        return this.#token('(', 1);
      case ')':
        if (this.#parentheses.pop() === undefined) throw refuse('unexpected right paren', this.#at);
        return this.#token(')', 1);
      case '"':
      case "'":
      case '`':
        return this.#quoted(one);
      case '$':
        return this.#named('variable');
      case '.':
        return isDigit(this.#text[this.#at + 1]) ? this.#number() : this.#named('field');
      default:
        return this.#other(one);
    }
  }

  #space(): Token {
    let length = 0;
    while (isSpace(this.#text[this.#at + length])) length += 1;
    const trims = this.#text.startsWith('-}}', this.#at + length);
    if (!trims) return this.#token('space', length);
    return length === 1 ? this.next() : this.#token('space', length - 1);
  }

  #quoted(mark: '"' | "'" | '`'): Token {
    const length = this.#match(quoted[mark]);
    if (length === 0) throw refuse(unclosed[mark], this.#at);
    return this.#token(mark === "'" ? 'character' : 'string', length);
  }

  /** `.name`, `$name`, or the mark alone. */
  #named(kind: 'field' | 'variable'): Token {
    const length = this.#match(name, 1);
    this.#mustEnd(1 + length);
    return this.#token(kind === 'field' && length === 0 ? 'dot' : kind, 1 + length);
  }

  #number(): Token {
    const length = this.#match(number);
    const end = this.#at + length;
    const sign = this.#text[end];
    const goesOn = this.#match(name, length) > 0 || sign === '+' || sign === '-';
    if (length === 0 || goesOn) {
      const whole = /[\p{L}\p{Nd}_.+-]*/uy;
      throw refuse(`bad number syntax: "${this.#text.slice(this.#at, this.#at + this.#match(whole))}"`, this.#at);
    }
    return this.#token('number', length);
  }

  #other(one: string): Token {
    if (isDigit(one) || one === '+' || one === '-') return this.#number();
    const length = this.#match(name);
    if (length > 0) {
      this.#mustEnd(length);
      const word = this.#text.slice(this.#at, this.#at + length);
      const kind = keywords.has(word) ? 'keyword' : word === 'true' || word === 'false' ? 'bool' : word === 'nil' ? 'nil' : 'word';
      return this.#token(kind, length);
    }
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at)!);
    if (!/^[!-~]$/.test(character)) throw refuse(`unrecognized character in action: ${codePointText(character)}`, this.#at);
    return this.#token('other', 1);
  }

  /** A name must be followed by a space, a dot, a bracket or the like. */
  #mustEnd(length: number): void {
    const after = this.#text[this.#at + length];
    if (after === undefined || isSpace(after) || '.,|:()'.includes(after) || this.#text.startsWith('}}', this.#at + length)) return;
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at + length)!);
    throw refuse(`bad character ${codePointText(character)}`, this.#at + length, hintFor(character));
  }

  #match(pattern: RegExp, ahead = 0): number {
    pattern.lastIndex = this.#at + ahead;
    return pattern.exec(this.#text)?.[0].length ?? 0;
  }
}

const codePointText = (one: string): string => `U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${one}'`;

const hintFor = (character: string): string | undefined =>
  character === '-' || character === '/' ? 'a key that is no plain name is read with index: {{ index .Input "my-key" }}' : undefined;

const isSpace = (one: string | undefined): boolean => one === ' ' || one === '\t' || one === '\r' || one === '\n';
const isDigit = (one: string | undefined): boolean => one !== undefined && one >= '0' && one <= '9';

function trimmedEnd(text: string, start: number, end: number): number {
  let kept = end;
  while (kept > start && isSpace(text[kept - 1])) kept -= 1;
  return kept;
}
