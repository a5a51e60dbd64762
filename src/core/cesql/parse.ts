import { refuse } from './refuse.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Arithmetic = '*' | '/' | '%' | '+' | '-';
export type Comparison = '=' | '!=' | '<>' | '<' | '<=' | '>' | '>=';
export type Logic = 'AND' | 'OR' | 'XOR';

export type Tree = { readonly at: number; readonly depth: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'attribute' | 'exists'; readonly name: string }
  | { readonly kind: 'not' | 'negate'; readonly of: Tree }
  | { readonly kind: 'like'; readonly of: Tree; readonly pattern: string }
  | { readonly kind: 'in'; readonly of: Tree; readonly list: readonly Tree[] }
  | { readonly kind: 'call'; readonly name: string; readonly list: readonly Tree[] }
  | { readonly kind: Arithmetic | Comparison | Logic; readonly left: Tree; readonly right: Tree }
);

/** How deep an expression may be: each level is a call of ours when it is asked. */
const deepest = 500;

/** How tightly an operator binds. All that is above `comparison` goes from left to right; `logic` from right to left, all three alike. */
const logic = 1;
const comparison = 2;
const binding: Readonly<Record<string, number>> = {
  AND: logic,
  OR: logic,
  XOR: logic,
  ...Object.fromEntries(['=', '!=', '<>', '<', '<=', '>', '>='].map((operator) => [operator, comparison])),
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '%': 4,
  LIKE: 5,
  IN: 5,
  NOT: 5,
};

/** Throws EngineError CONFIG_CESQL with the place. */
export function parse(text: string): Tree {
  const tokens = tokensOf(text);
  let next = 0;
  let open = 0;
  const peek = (): Token => tokens[next]!;
  const take = (): Token => tokens[next++]!;
  const expected = (what: string): Error => {
    const { kind, text, at } = peek();
    return refuse(kind === 'end' ? `${what} is missing at the end` : `${what} is expected, and not \`${text}\``, at);
  };
  const skip = (kind: Token['kind'], what: string): void => {
    if (peek().kind !== kind) throw expected(what);
    next += 1;
  };
  const node = <T extends object>(at: number, parts: T, ...children: readonly Tree[]): T & { at: number; depth: number } => {
    const depth = 1 + Math.max(0, ...children.map((child) => child.depth));
    if (depth > deepest) throw refuse(`it is nested deeper than ${deepest} levels`, at);
    return { ...parts, at, depth };
  };

  const expression = (least: number): Tree => {
    if (++open > deepest) throw refuse(`it is nested deeper than ${deepest} levels`, peek().at);
    let left = operand();
    for (;;) {
      const { kind, at } = peek();
      const strength = binding[kind];
      if (strength === undefined || strength < least) break;
      next += 1;
      left = strength === binding['LIKE'] ? membership(left, kind, at) : operation(left, kind, at, strength);
    }
    open -= 1;
    return left;
  };

  const operation = (left: Tree, kind: Token['kind'], at: number, strength: number): Tree => {
    const right = expression(strength === logic ? logic : strength + 1);
    return node(at, { kind: kind as Arithmetic | Comparison | Logic, left, right }, left, right);
  };

  /** LIKE and IN, each with a NOT before it or not. */
  const membership = (of: Tree, first: Token['kind'], at: number): Tree => {
    const isNot = first === 'NOT';
    if (isNot && peek().kind !== 'LIKE' && peek().kind !== 'IN') throw expected('LIKE or IN');
    const kind = isNot ? take().kind : first;
    const tested = kind === 'LIKE' ? like(of, at) : listed(of, at);
    return isNot ? node(at, { kind: 'not', of: tested }, tested) : tested;
  };

  const like = (of: Tree, at: number): Tree => {
    if (peek().kind !== 'string') throw expected('a pattern in quotes');
    return node(at, { kind: 'like', of, pattern: unquoted(take().text) }, of);
  };

  const listed = (of: Tree, at: number): Tree => {
    skip('(', 'a list in parentheses');
    const list = values();
    return node(at, { kind: 'in', of, list }, of, ...list);
  };

  /** What stands in parentheses up to the closing one: one expression at least. */
  const values = (): Tree[] => {
    const list = [expression(0)];
    while (peek().kind === ',') {
      next += 1;
      list.push(expression(0));
    }
    skip(')', '`,` or `)`');
    return list;
  };

  /** What binds tightest: NOT and the minus take one operand only, without any operator behind it. */
  const operand = (): Tree => {
    const { kind, text, at } = take();
    switch (kind) {
      case 'NOT':
      case '-': {
        if (++open > deepest) throw refuse(`it is nested deeper than ${deepest} levels`, at);
        const of = operand();
        open -= 1;
        return node(at, { kind: kind === 'NOT' ? 'not' : 'negate', of }, of);
      }
      case 'EXISTS':
        if (peek().kind !== 'word') throw expected('the name of an attribute');
        return node(at, { kind: 'exists', name: take().text.toLowerCase() });
      case '(': {
        const inner = expression(0);
        skip(')', 'an operator or `)`');
        return inner;
      }
      case 'TRUE':
      case 'FALSE':
        return node(at, { kind: 'literal', value: kind === 'TRUE' });
      case 'string':
        return node(at, { kind: 'literal', value: unquoted(text) });
      case 'integer':
        return node(at, { kind: 'literal', value: integerOf(text, at) });
      case 'word':
        if (peek().kind === '(' && !/\d/.test(text)) return call(text, at);
        return node(at, { kind: 'attribute', name: text.toLowerCase() });
      case 'function':
        if (peek().kind === '(') return call(text, at);
        throw refuse(`${text} is no name of an attribute: those have letters and digits only`, at);
      default:
        next -= 1;
        throw expected('a value');
    }
  };

  const call = (name: string, at: number): Tree => {
    next += 1;
    let list: Tree[] = [];
    if (peek().kind === ')') next += 1;
    else list = values();
    return node(at, { kind: 'call', name: name.toUpperCase(), list }, ...list);
  };

  const tree = expression(0);
  if (peek().kind !== 'end') throw expected('an operator or the end');
  return tree;
}

/** Only the quote itself is freed from its backslash; everything else stays as it is written, also a quote that is doubled. */
const unquoted = (text: string): string => text.slice(1, -1).replaceAll(`\\${text[0]}`, text[0]!);

function integerOf(text: string, at: number): number {
  const value = Number(text);
  if (value !== (value | 0)) throw refuse(`${text} is beyond 32 bits`, at);
  return value;
}
