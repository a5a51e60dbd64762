import { closest } from '../../errors/closest.ts';
import { unquote } from '../../go/unquote.ts';
import type { Command, Operand, Pipe } from './ast.ts';
import { character, numeral } from './numerals.ts';
import type { Reader } from './reader.ts';
import { refuse } from './refuse.ts';
import type { Token, TokenKind } from './tokens.ts';

/** Parentheses inside each other. */
const deepest = 1000;

/** Reads pipelines: what stands inside an action. Knows which variables are declared at this point of the text. */
export class Pipelines {
  readonly #reader: Reader;
  #depth = 0;
  variables: string[] = ['$'];

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Up to `end`, which is read too. `where` is told when something is missing: "if", "range", "command". */
  pipeline(where: string, end: 'close' | ')' = 'close'): Pipe {
    const { offset } = this.#reader.peekWord();
    const { variables, assigns } = this.#declarations(where);
    const commands: Command[] = [];
    for (;;) {
      const token = this.#reader.peekWord();
      if (token.kind === end) {
        if (commands.length === 0) throw refuse(`missing value for ${where}`, token.offset);
        this.#reader.next();
        return { kind: 'pipe', variables, assigns, commands, offset };
      }
      const command = this.#command(token);
      const first = command.operands[0].kind;
      if (commands.length > 0 && notCallable.has(first))
        throw refuse(
          `non executable command in pipeline stage ${commands.length + 1}`,
          command.offset,
          'behind "|" there must be a function',
        );
      commands.push(command);
      this.#reader.takes('|');
    }
  }

  /** `$x :=`, `$x =`, and in a range `$i, $x :=`. */
  #declarations(where: string): { variables: string[]; assigns: boolean } {
    const variables: string[] = [];
    const known = this.variables.length;
    const { offset } = this.#reader.peekWord();
    while (this.#reader.peekWord().kind === 'variable') {
      const variable = this.#reader.next();
      const space = this.#reader.peek().kind === 'space' ? [this.#reader.next()] : [];
      const next = this.#reader.peek();
      if (next.kind === ':=' || next.kind === '=') {
        this.#reader.next();
        this.#declare(variables, variable);
        if (next.kind === '=') this.#mustBeKnown(variables, known, offset);
        return { variables, assigns: next.kind === '=' };
      }
      if (next.kind !== ',') {
        this.#reader.back(variable, ...space);
        return { variables, assigns: false };
      }
      if (where !== 'range' || variables.length > 0) throw refuse(`too many declarations in ${where}`, variable.offset);
      this.#reader.next();
      this.#declare(variables, variable);
      const second = this.#reader.peekWord();
      if (second.kind !== 'variable') throw refuse('range can only initialize variables', second.offset);
    }
    return { variables, assigns: false };
  }

  #declare(variables: string[], { text }: Token): void {
    variables.push(text);
    this.variables.push(text);
  }

  /** Go takes `$x = 1` also where `$x` was never declared, and fails when it runs; that is told here. */
  #mustBeKnown(variables: readonly string[], known: number, offset: number): void {
    const declared = this.variables.slice(0, known);
    const unknown = variables.find((name) => !declared.includes(name));
    if (unknown) throw this.#unknownVariable(unknown, offset, declared);
  }

  /** Operands with spaces between them. */
  #command({ offset }: Token): Command {
    const first = this.#operand();
    if (!first) throw this.#unexpected(this.#reader.peek(), 'command');
    const operands: [Operand, ...Operand[]] = [first];
    while (this.#reader.peek().kind === 'space') {
      const operand = this.#operand();
      if (!operand) break;
      operands.push(operand);
    }
    const token = this.#reader.peekWord();
    if (!['close', ')', '|'].includes(token.kind)) throw this.#unexpected(token, 'operand');
    return { operands, offset };
  }

  #unexpected(token: Token, where: 'command' | 'operand'): Error {
    const { kind, text, offset } = token;
    const what = kind === 'end' ? 'EOF' : kind === 'keyword' ? `<${text}>` : JSON.stringify(text);
    const hint = where === 'operand' && kind === '(' ? 'arguments stand behind spaces, not in parentheses' : undefined;
    return refuse(`unexpected ${what} in ${where}`, offset, hint);
  }

  /** A term with the fields behind it; undefined when none stands here. */
  #operand(): Operand | undefined {
    const start = this.#reader.peekWord();
    const term = this.#term();
    if (!term || this.#reader.peek().kind !== 'field') return term;
    const { offset } = start;
    const names: string[] = [];
    while (this.#reader.peek().kind === 'field') names.push(this.#reader.next().text.slice(1));
    switch (term.kind) {
      case 'field':
      case 'variable':
        return { ...term, names: [...term.names, ...names] };
      case 'pipe':
      case 'function':
        return { kind: 'chain', of: term, names, offset };
      default:
        throw refuse(`unexpected . after term ${JSON.stringify(start.text)}`, offset);
    }
  }

  #term(): Operand | undefined {
    const token = this.#reader.next();
    const { kind, text, offset } = token;
    switch (kind) {
      case 'word':
        return { kind: 'function', name: text, offset };
      case 'dot':
      case 'nil':
        return { kind, offset };
      case 'variable':
        if (!this.variables.includes(text)) throw this.#unknownVariable(text, offset);
        return { kind, name: text, names: [], offset };
      case 'field':
        return { kind, names: [text.slice(1)], offset };
      case 'bool':
        return { kind, value: text === 'true', text, offset };
      case 'number':
        return { kind, value: numeral(text, offset), text, offset };
      case 'character':
        return { kind: 'number', value: character(text, offset), text, offset };
      case 'string':
        return { kind, value: stringOf(token), text, offset };
      case '(':
        return this.#parenthesized(offset);
      default:
        this.#reader.back(token);
        return undefined;
    }
  }

  #parenthesized(offset: number): Pipe {
    if (++this.#depth > deepest) throw refuse('max expression depth exceeded', offset);
    const pipe = this.pipeline('parenthesized pipeline', ')');
    this.#depth -= 1;
    return pipe;
  }

  #unknownVariable(name: string, offset: number, declared: readonly string[] = this.variables): Error {
    const near = closest(name, declared.slice(1));
    return refuse(`undefined variable "${name}"`, offset, near && `did you mean ${near}?`);
  }
}

const notCallable: ReadonlySet<string> = new Set(['bool', 'dot', 'nil', 'number', 'string'] satisfies (Operand['kind'] | TokenKind)[]);

export function stringOf({ text, offset }: Token): string {
  const value = unquote(text);
  if (value === undefined)
    throw refuse(
      `invalid syntax: ${text} has an escape that Go does not know`,
      offset,
      'write \\\\ for a backslash, or use a `raw string`',
    );
  return value;
}
