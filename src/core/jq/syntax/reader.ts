import type { EngineError } from '../../errors/engine-error.ts';
import { refuse } from './refuse.ts';
import type { Token } from './tokens.ts';

const deepest = 500;

/** Walks over the tokens of a program, and words the errors about them. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth: number;

  constructor(tokens: readonly Token[], depth = 0) {
    this.#tokens = tokens;
    this.#depth = depth;
  }

  get token(): Token {
    return this.#tokens[this.#next]!;
  }

  get at(): number {
    return this.token.at;
  }

  get isVariable(): boolean {
    return this.token.kind === 'variable';
  }

  get atEnd(): boolean {
    return this.token.kind === 'end';
  }

  /** Whether the next token is this sign or keyword. */
  is(text: string): boolean {
    const { kind } = this.token;
    return this.token.text === text && (kind === 'sign' || kind === 'keyword');
  }

  take(text: string): boolean {
    const found = this.is(text);
    if (found) this.#next += 1;
    return found;
  }

  /** Takes whatever is next. */
  advance(): Token {
    const token = this.token;
    this.#next += 1;
    return token;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`\`${text}\``);
  }

  name(what: string): string {
    if (this.token.kind !== 'name') throw this.unexpected(what);
    return this.advance().text;
  }

  variable(): string {
    if (!this.isVariable) throw this.unexpected('a variable such as `$name`');
    return this.advance().text;
  }

  end(): void {
    if (!this.atEnd) throw this.unexpected('an operator, or the end of the program');
  }

  unexpected(expected: string): EngineError {
    const { kind, text, at } = this.token;
    if (kind === 'end' && text === '') return refuse(`unexpected end of the program, expected ${expected}`, at);
    const written = kind === 'field' ? `.${text}` : kind === 'variable' ? `$${text}` : kind === 'format' ? `@${text}` : text;
    return refuse(`unexpected token \`${written}\`, expected ${expected}`, at);
  }

  refuseModules(): void {
    const { kind, text, at } = this.token;
    if (kind === 'keyword' && (text === 'module' || text === 'import' || text === 'include')) {
      throw refuse(`\`${text}\` is not supported: a program stands alone`, at);
    }
  }

  /** Counts the nesting, so that a hostile program ends in a sentence. */
  nest<T>(read: () => T): T {
    if (++this.#depth > deepest) throw refuse(`the program is nested more than ${deepest} levels deep`, this.at);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /** A reader for the tokens of a place in a string. */
  inside(tokens: readonly Token[]): TokenReader {
    return new TokenReader(tokens, this.#depth);
  }
}
