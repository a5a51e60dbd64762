import { refuse } from './refuse.ts';

/** `text` is what stands there; keywords and operators are told by `kind`, in capitals. */
export interface Token {
  readonly kind: 'integer' | 'string' | 'word' | 'function' | 'end' | Symbol;
  readonly text: string;
  readonly at: number;
}

type Symbol = (typeof keywords)[number] | (typeof operators)[number];

const keywords = ['AND', 'OR', 'XOR', 'NOT', 'LIKE', 'EXISTS', 'IN', 'TRUE', 'FALSE'] as const;
const operators = ['(', ')', ',', '*', '/', '%', '+', '-', '=', '!=', '>=', '<>', '<=', '>', '<'] as const;

/**
 * The longest thing that can begin at a place, as the grammar has it: a sign before a digit belongs to the number, so `a -1` is two
 * values side by side. A word with digits is the name of an attribute, and one with `_` that of a function.
 */
const pattern =
  /\s*(?:([+-]\d+|\d+(?![a-z0-9]))|("(?:\\.|""|[^"\\])*"|'(?:\\.|''|[^'\\])*')|([a-z][a-z_]*_[a-z_]*|[a-z0-9]+)|(!=|>=|<>|<=|[(),*/%+\-=<>]))/isy;

/** Throws EngineError CONFIG_CESQL. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  for (let from = 0; from < end; from = pattern.lastIndex) {
    pattern.lastIndex = from;
    const [whole, integer, string, word, operator] = pattern.exec(text) ?? [];
    if (whole === undefined) throw unreadable(text, from);
    const found = (integer ?? string ?? word ?? operator)!;
    const kind = integer ? 'integer' : string ? 'string' : word ? kindOf(word) : (operator as Symbol);
    tokens.push({ kind, text: found, at: pattern.lastIndex - found.length });
  }
  return [...tokens, { kind: 'end', text: '', at: end }];
}

function kindOf(word: string): Token['kind'] {
  const keyword = keywords.find((one) => one === word.toUpperCase());
  return keyword ?? (word.includes('_') ? 'function' : 'word');
}

function unreadable(text: string, from: number): Error {
  const at = from + /^\s*/.exec(text.slice(from))![0].length;
  const first = text[at]!;
  return first === '"' || first === "'"
    ? refuse(`the text that begins here has no closing ${first}`, at)
    : refuse(`"${first}" means nothing here`, at);
}
