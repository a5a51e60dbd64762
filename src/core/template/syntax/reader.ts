import type { Token, TokenKind, Tokens } from './tokens.ts';

/** The tokens of a template, with as much looking ahead as the grammar needs. */
export class Reader {
  readonly #tokens: Tokens;
  #ahead: Token[] = [];

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  peek(): Token {
    if (this.#ahead.length === 0) this.#ahead.push(this.#tokens.next());
    return this.#ahead[0]!;
  }

  next(): Token {
    return this.#ahead.shift() ?? this.#tokens.next();
  }

  /** Puts tokens back, in the order in which they were read. */
  back(...tokens: Token[]): void {
    this.#ahead = [...tokens, ...this.#ahead];
  }

  skipSpace(): void {
    if (this.peek().kind === 'space') this.next();
  }

  peekWord(): Token {
    this.skipSpace();
    return this.peek();
  }

  nextWord(): Token {
    this.skipSpace();
    return this.next();
  }

  takes(kind: TokenKind): boolean {
    if (this.peekWord().kind !== kind) return false;
    this.next();
    return true;
  }
}
