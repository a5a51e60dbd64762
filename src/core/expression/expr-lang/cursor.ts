import { closest } from '../../errors/closest.ts';
import { refuse } from '../refuse.ts';
import { nameOf, type Token } from './tokens.ts';

const meantOperators: Readonly<Record<string, string>> = { '=': '==', '&': '&&', '=*': '==' };
const words = ['and', 'or', 'not', 'in', 'matches', 'contains', 'startsWith', 'endsWith'];

/** Goes over the tokens of an expression, one by one, and counts how far parts stand inside parts. */
export class Cursor {
  readonly #tokens: readonly Token[];
  readonly #deepest: number;
  #index = 0;
  /** How many parts are open; who has read one puts it back to what it was. */
  depth = 0;

  constructor(tokens: readonly Token[], deepest: number) {
    this.#tokens = tokens;
    this.#deepest = deepest;
  }

  get token(): Token {
    return this.#tokens[this.#index]!;
  }

  is(kind: Token['kind'], text: string): boolean {
    return this.token.kind === kind && this.token.text === text;
  }

  /** The token, which is left behind. Throws CONFIG_EXPRESSION at the end. */
  next(): Token {
    const { token } = this;
    if (token.kind === 'EOF') throw refuse('unexpected end of expression', token.at);
    this.#index += 1;
    return token;
  }

  /** Leaves it behind if it is this one. */
  take(kind: Token['kind'], text: string): boolean {
    if (!this.is(kind, text)) return false;
    this.#index += 1;
    return true;
  }

  /** Throws CONFIG_EXPRESSION when it is another one. */
  expect(kind: Token['kind'], text?: string): Token {
    if (this.token.kind !== kind || (text !== undefined && this.token.text !== text)) throw this.unexpected();
    return this.next();
  }

  unexpected() {
    const { kind, text, at } = this.token;
    const meant = kind === 'Operator' ? meantOperators[text] : undefined;
    const near = kind === 'Identifier' ? closest(text, words) : meant;
    return refuse(`unexpected token ${nameOf(this.token)}`, at, near ? `did you mean "${near}"?` : undefined);
  }

  /** Throws CONFIG_EXPRESSION when it goes too deep. */
  deeper(): void {
    if (++this.depth > this.#deepest) throw refuse('the expression is nested too deeply', this.token.at);
  }
}
