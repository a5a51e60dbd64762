import { refuse } from '../refuse.ts';
import { readString } from './strings.ts';

export interface Token {
  readonly kind: 'Identifier' | 'Number' | 'String' | 'Operator' | 'Bracket' | 'EOF';
  readonly text: string;
  readonly at: number;
}

const blank = /(?:[\s\x85]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/uy;
const number = /(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[0-9][0-9_]*|(?=\.[0-9]))(?:\.(?!\.)[0-9_]*)?(?:[eE][+-]?[0-9_]*)?/y;
const word = /[\p{L}_$][\p{L}\p{Nd}_$]*/uy;
const operator = /\|\|?|\?[.?]?|\.\.?|##?|[&!=*<>][&=*]?|[,:;%+\-^/]/y;

const wordOperators = new Set(['not', 'in', 'or', 'and', 'matches', 'contains', 'startsWith', 'endsWith', 'let']);

/** The words of an expression, the last one the end. Throws CONFIG_EXPRESSION. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    at += matchAt(blank, text, at).length;
    if (at >= text.length) {
      tokens.push({ kind: 'EOF', text: '', at: text.trimEnd().length });
      return tokens;
    }
    const { token, end } = readToken(text, at, tokens.at(-1));
    tokens.push(token);
    at = end;
  }
}

function readToken(text: string, at: number, before: Token | undefined): { token: Token; end: number } {
  const first = text[at]!;
  if (first === "'" || first === '"') {
    const { value, end } = readString(text, at);
    return { token: { kind: 'String', text: value, at }, end };
  }
  const token = (kind: Token['kind'], found: string) => ({ token: { kind, text: found, at }, end: at + found.length });
  if (/[0-9]/.test(first) || /^\.[0-9]/.test(text.slice(at, at + 2))) {
    const found = matchAt(number, text, at);
    const beyond = matchAt(/[\p{L}\p{Nd}_$]/uy, text, at + found.length);
    if (beyond) throw refuse(`bad number syntax: "${found}${beyond}"`, at);
    return token('Number', found);
  }
  if ('([{}])'.includes(first)) return token('Bracket', first);
  if (text.startsWith('/*', at)) throw refuse('unclosed comment', at);
  const name = matchAt(before?.text === '#' && before.at === at - 1 ? /[\p{L}\p{Nd}_$]+/uy : word, text, at);
  if (name) return token(wordOperators.has(name) ? 'Operator' : 'Identifier', name);
  const sign = matchAt(operator, text, at);
  if (sign) return token('Operator', sign);
  const character = String.fromCodePoint(text.codePointAt(at)!);
  throw refuse(`unrecognized character: ${character}`, at, character === '`' ? 'a text stands in quotes: "…" or \'…\'' : undefined);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** As messages call it. */
export const nameOf = ({ kind, text }: Token): string => (kind === 'EOF' ? 'EOF' : `${kind}(${JSON.stringify(text)})`);
