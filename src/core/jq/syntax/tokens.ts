import { refuse } from './refuse.ts';
import { readString } from './strings.ts';

/** A word of a jq program. A string's text is in its parts: plain text, and the tokens of each `\(…)`. */
export interface Token {
  readonly kind: 'name' | 'keyword' | 'field' | 'variable' | 'number' | 'format' | 'string' | 'sign' | 'end';
  /** As written, without the dot of a field and the dollar of a variable. */
  readonly text: string;
  readonly at: number;
  readonly parts?: readonly (string | readonly Token[])[];
}

const keywords = new Set(
  'or and module import include def as label break null true false if then elif else end try catch reduce foreach'.split(' '),
);

const signs = /\?|\|=|\+=|-=|\*=|\/\/=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[.[\](){}|,:;=<>+\-*/%]/y;
const blank = /(?:[ \t\r\n]+|#(?:\\(?:\r\n|[\s\S])|[^\r\n\\])*)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*/y;
const field = /\.([A-Za-z_][A-Za-z0-9_]*)/y;
const variable = /\$([A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*)/y;
const number = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const format = /@([A-Za-z0-9_]+)/y;

/** The tokens of a program. Throws CONFIG_JQ. */
export function tokenize(program: string): readonly Token[] {
  return readTokens(program, 0, 0).tokens;
}

/** Reads tokens from `start`; inside a string (`nesting` above 0) up to the bracket that closes the place. */
export function readTokens(program: string, start: number, nesting: number): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let open = 0;
  let at = start;
  for (;;) {
    at = after(blank, program, at);
    if (at >= program.length) {
      if (nesting > 0) throw refuse('this string is never closed', start - 2);
      tokens.push({ kind: 'end', text: '', at: program.trimEnd().length });
      return { tokens, end: at };
    }
    const token = readToken(program, at, nesting);
    if (token.text === '(' && token.kind === 'sign') open += 1;
    if (token.text === ')' && token.kind === 'sign' && open-- === 0 && nesting > 0) {
      tokens.push({ kind: 'end', text: ')', at });
      return { tokens, end: at + 1 };
    }
    tokens.push(token);
    at = token.end;
  }
}

function readToken(program: string, at: number, nesting: number): Token & { end: number } {
  const first = program[at]!;
  if (first === '"') {
    const { parts, end } = readString(program, at, nesting);
    return { kind: 'string', text: program.slice(at, end), at, parts, end };
  }
  const found =
    match('name', name, program, at) ??
    match('field', field, program, at) ??
    match('variable', variable, program, at) ??
    match('number', number, program, at) ??
    match('format', format, program, at) ??
    match('sign', signs, program, at);
  if (!found) throw refuse(`unexpected character \`${String.fromCodePoint(program.codePointAt(at)!)}\``, at);
  if (found.kind === 'number' && /[A-Za-z_.]/.test(program[found.end] ?? '')) {
    throw refuse(`invalid number \`${program.slice(at, found.end + 1)}\``, at);
  }
  return found.kind === 'name' && keywords.has(found.text) ? { ...found, kind: 'keyword' } : found;
}

function match(kind: Token['kind'], pattern: RegExp, program: string, at: number): (Token & { end: number }) | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(program);
  return found ? { kind, text: found[1] ?? found[0], at, end: pattern.lastIndex } : undefined;
}

function after(pattern: RegExp, program: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(program) ? pattern.lastIndex : at;
}
