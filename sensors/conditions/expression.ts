/**
 * `a && (b || c)`: which dependencies a trigger waits for together. `&&` binds closer than `||`; names are those of the sensor's
 * dependencies, with any character but spaces and `()|&`.
 */
import { EngineError } from '../../src/core/errors/engine-error.ts';

/** Monotone: more names never make it false. */
export type Expression =
  | { readonly kind: 'name'; readonly name: string; readonly offset: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] };

interface Token {
  readonly text: string;
  readonly offset: number;
}

/** Nobody writes so many, and the process's stack holds them. */
const deepest = 500;

/** Throws EngineError CONFIG_INVALID with the `offset` of what is wrong. */
export function parseExpression(text: string): Expression {
  const tokens: Token[] = [...text.matchAll(/\|\||&&|[()]|[^\s()|&]+|[|&]/g)].map((match) => ({ text: match[0], offset: match.index }));
  let at = 0;
  const next = (): string | undefined => tokens[at]?.text;

  const joined = (kind: 'and' | 'or', operator: string, part: (depth: number) => Expression, depth: number): Expression => {
    const parts = [part(depth)];
    while (next() === operator) {
      at += 1;
      parts.push(part(depth));
    }
    return parts.length === 1 ? parts[0]! : { kind, parts };
  };
  const either = (depth: number): Expression => joined('or', '||', all, depth);
  const all = (depth: number): Expression => joined('and', '&&', one, depth);
  const one = (depth: number): Expression => {
    const token = tokens[at];
    if (!token) throw wrong('a dependency is missing at the end', text.length);
    at += 1;
    if (token.text === '(') {
      if (depth === deepest) throw wrong(`there are more than ${deepest} brackets in each other`, token.offset);
      const inner = either(depth + 1);
      if (next() === undefined) throw wrong('a "(" is not closed', token.offset);
      if (next() !== ')') throw missingOperator(tokens[at]!);
      at += 1;
      return inner;
    }
    if (/^[)|&]/.test(token.text)) {
      if (!operators.has(token.text) && token.text !== ')') throw missingOperator(token);
      throw wrong(`a dependency is missing before "${token.text}"`, token.offset);
    }
    return { kind: 'name', name: token.text, offset: token.offset };
  };

  const expression = either(0);
  const rest = tokens[at];
  if (rest?.text === ')') throw wrong('a ")" closes nothing', rest.offset);
  if (rest) throw missingOperator(rest);
  return expression;
}

const operators = new Set(['&&', '||']);

const wrong = (problem: string, offset: number): EngineError => new EngineError('CONFIG_INVALID', { problem, offset });

/** `and` and `&` are what people write who know other languages. */
function missingOperator({ text, offset }: Token): EngineError {
  const meant = { and: '&&', '&': '&&', or: '||', '|': '||' }[text.toLowerCase()];
  const problem = `"&&" or "||" is missing before "${text}"`;
  return new EngineError('CONFIG_INVALID', { problem, offset }, meant ? { hint: `did you mean "${meant}"?` } : {});
}

/** The names in it, each once, in the order in which they are written. */
export function namesIn(expression: Expression): string[] {
  const names = expression.kind === 'name' ? [expression.name] : expression.parts.flatMap(namesIn);
  return [...new Set(names)];
}

/** The same with other names. */
export function withNames(expression: Expression, nameOf: (name: Expression & { kind: 'name' }) => string): Expression {
  if (expression.kind === 'name') return { ...expression, name: nameOf(expression) };
  return { ...expression, parts: expression.parts.map((part) => withNames(part, nameOf)) };
}

export function holds(expression: Expression, have: (name: string) => boolean): boolean {
  if (expression.kind === 'name') return have(expression.name);
  const isMet = (part: Expression): boolean => holds(part, have);
  return expression.kind === 'and' ? expression.parts.every(isMet) : expression.parts.some(isMet);
}

/** The fewest names that are still wanted; of two ways that want equally many, the one that is written first. */
export function missing(expression: Expression, have: (name: string) => boolean): string[] {
  if (expression.kind === 'name') return have(expression.name) ? [] : [expression.name];
  const wanted = expression.parts.map((part) => missing(part, have));
  if (expression.kind === 'and') return [...new Set(wanted.flat())];
  return wanted.reduce((fewest, other) => (other.length < fewest.length ? other : fewest));
}

/** As an author would write it, with no more brackets than it needs. */
export function textOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'or') return expression.parts.map(textOf).join(' || ');
  return expression.parts.map((part) => (part.kind === 'or' ? `(${textOf(part)})` : textOf(part))).join(' && ');
}
