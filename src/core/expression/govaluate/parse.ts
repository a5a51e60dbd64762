import { refuse, type Suspicion } from '../refuse.ts';
import { follows, mayEnd } from './grammar.ts';
import { comparators, logicals, modifiers, ternaries } from './symbols.ts';
import { type Token, tokenize } from './tokens.ts';

export type Node =
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly at: number }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  /** `a.B`, with what stands in the brackets behind it. */
  | { readonly kind: 'accessor'; readonly text: string; readonly argument: Node | undefined; readonly at: number }
  | { readonly kind: 'prefix'; readonly sign: string; readonly operand: Node | undefined; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly sign: string;
      readonly left: Node | undefined;
      readonly right: Node | undefined;
      readonly at: number;
    };

export interface Parsed {
  /** Undefined for `()`, which is nil. */
  readonly root: Node | undefined;
  readonly tokens: readonly Token[];
  readonly suspicions: readonly Suspicion[];
}

/** Throws CONFIG_EXPRESSION. `depth` is how far parts may stand inside parts. */
export function parse(text: string, depth: number): Parsed {
  const tokens = tokenize(text);
  checkBalance(tokens, text);
  checkOrder(tokens, text);
  const parser = new Parser(tokens, depth);
  const root = parser.operators(0, 0);
  return { root, tokens, suspicions: parser.suspicions() };
}

function checkBalance(tokens: readonly Token[], text: string): void {
  const open = tokens.filter(({ kind }) => kind === 'CLAUSE');
  const close = tokens.filter(({ kind }) => kind === 'CLAUSE_CLOSE');
  if (open.length === close.length) return;
  const at = open.length > close.length ? open.at(-1)!.at : close.at(-1)!.at;
  throw refuse('Unbalanced parenthesis', Math.min(at, text.length));
}

function checkOrder(tokens: readonly Token[], text: string): void {
  let before: Token | undefined;
  for (const token of tokens) {
    if (!follows(before?.kind ?? 'UNKNOWN', token.kind)) throw misplaced(before, token);
    before = token;
  }
  if (!before || !mayEnd(before.kind)) throw refuse('Unexpected end of expression', text.trimEnd().length);
}

function misplaced(before: Token | undefined, token: Token) {
  if (before?.kind === 'VARIABLE' && token.kind === 'CLAUSE') {
    return refuse(`Undefined function ${before.text}`, before.at, 'there are no functions in this language');
  }
  const from = before ? `${before.kind} [${before.text}]` : 'UNKNOWN [<nil>]';
  const word = before?.kind === 'VARIABLE' && token.kind === 'VARIABLE' ? wordOperator(token.text) : undefined;
  return refuse(`Cannot transition token types from ${from} to ${token.kind} [${token.text}]`, token.at, word);
}

const words: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', contains: '=~', matches: '=~', AND: '&&', OR: '||' };

const wordOperator = (word: string): string | undefined => (Object.hasOwn(words, word) ? `did you mean "${words[word]}"?` : undefined);

const bindings: Readonly<Record<string, number>> = { ...modifiers, ...comparators, ...logicals, ...ternaries, ',': 5 };

const operatorKinds = new Set(['MODIFIER', 'COMPARATOR', 'LOGICALOP', 'TERNARY', 'SEPARATOR']);

/** All operators bind to the left, `**` and `? :` too. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #deepest: number;
  #index = 0;
  #skipped: Token | undefined;

  constructor(tokens: readonly Token[], deepest: number) {
    this.#tokens = tokens;
    this.#deepest = deepest;
  }

  /** What govaluate reads and forgets: whatever stands behind a bracket without an operator between. */
  suspicions(): Suspicion[] {
    const rest = this.#skipped ?? this.#tokens[this.#index];
    if (!rest) return [];
    const problem = `everything from "${rest.text}" on is ignored: an operator is missing before it`;
    return [{ problem, offset: rest.at, hint: 'did you mean "&&" or "||"?' }];
  }

  operators(binding: number, depth: number): Node | undefined {
    let left = this.#operand(depth);
    for (let chain = depth; ; chain++) {
      const token = this.#tokens[this.#index];
      if (!token || !operatorKinds.has(token.kind) || bindings[token.text]! <= binding) return left;
      if (chain >= this.#deepest) throw tooDeep(token);
      this.#index += 1;
      const right = this.operators(bindings[token.text]!, depth + 1);
      left = { kind: 'binary', sign: token.text, left, right, at: token.at };
    }
  }

  #operand(depth: number): Node | undefined {
    const token = this.#tokens[this.#index];
    if (!token || token.kind === 'CLAUSE_CLOSE') return undefined;
    if (depth > this.#deepest) throw tooDeep(token);
    this.#index += 1;
    const { kind, text, at } = token;
    switch (kind) {
      case 'CLAUSE':
        return this.#clause(depth);
      case 'PREFIX':
        return { kind: 'prefix', sign: text, operand: this.#operand(depth + 1), at };
      case 'VARIABLE':
        return { kind: 'variable', name: text, at };
      case 'ACCESSOR': {
        const isCall = this.#tokens[this.#index]?.kind === 'CLAUSE';
        return { kind: 'accessor', text, argument: isCall ? this.operators(0, depth + 1) : undefined, at };
      }
      case 'STRING':
        return { kind: 'literal', value: text, at };
      case 'NUMERIC':
      case 'BOOLEAN':
      case 'TIME':
        return { kind: 'literal', value: token.value!, at };
      default:
        throw refuse(`Unable to plan token kind: '${kind}', value: '${text}'`, at);
    }
  }

  #clause(depth: number): Node | undefined {
    const inner = this.operators(0, depth + 1);
    const close = this.#tokens[this.#index++];
    if (close && close.kind !== 'CLAUSE_CLOSE') this.#skipped ??= close;
    return inner;
  }
}

const tooDeep = ({ at }: Token) => refuse('the expression is nested too deeply', at);
