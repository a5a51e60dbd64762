import { closest } from '../../errors/closest.ts';
import { refuse } from '../refuse.ts';
import type { Node } from './ast.ts';
import { numberAt } from './number.ts';
import { binary, bindsRight, unary } from './precedence.ts';
import { predicates } from './predicates.ts';
import { nameOf, type Token, tokenize } from './tokens.ts';

/** Throws CONFIG_EXPRESSION. `depth` is how far parts may stand inside parts; `builtins` are the names of functions. */
export function parse(text: string, depth: number, builtins: ReadonlySet<string>): Node {
  return new Parser(tokenize(text), depth, builtins).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #deepest: number;
  readonly #builtins: ReadonlySet<string>;
  #index = 0;
  #depth = 0;
  /** Predicates inside predicates. */
  #predicates = 0;

  constructor(tokens: readonly Token[], deepest: number, builtins: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#deepest = deepest;
    this.#builtins = builtins;
  }

  whole(): Node {
    const node = this.#expression(0);
    if (this.#token.kind !== 'EOF') throw this.#unexpected();
    return node;
  }

  get #token(): Token {
    return this.#tokens[this.#index]!;
  }

  #is(kind: Token['kind'], text: string): boolean {
    return this.#token.kind === kind && this.#token.text === text;
  }

  #next(): Token {
    const token = this.#token;
    if (token.kind === 'EOF') throw refuse('unexpected end of expression', token.at);
    this.#index += 1;
    return token;
  }

  #take(kind: Token['kind'], text: string): boolean {
    if (!this.#is(kind, text)) return false;
    this.#index += 1;
    return true;
  }

  #expect(kind: Token['kind'], text?: string): Token {
    if (this.#token.kind !== kind || (text !== undefined && this.#token.text !== text)) throw this.#unexpected();
    return this.#next();
  }

  #unexpected() {
    const { kind, text, at } = this.#token;
    const meant = kind === 'Operator' ? ({ '=': '==', '&': '&&', '=*': '==' } as Record<string, string>)[text] : undefined;
    const near = kind === 'Identifier' ? closest(text, ['and', 'or', 'not', 'in', 'matches', 'contains', 'startsWith', 'endsWith']) : meant;
    return refuse(`unexpected token ${nameOf(this.#token)}`, at, near ? `did you mean "${near}"?` : undefined);
  }

  #deeper(): void {
    if (++this.#depth > this.#deepest) throw refuse('the expression is nested too deeply', this.#token.at);
  }

  #expression(precedence: number): Node {
    const depth = this.#depth;
    this.#deeper();
    const node = precedence === 0 && this.#is('Operator', 'let') ? this.#declaration() : this.#operators(precedence);
    this.#depth = depth;
    return node;
  }

  #operators(precedence: number): Node {
    let left = this.#primary();
    let before = '';
    while (this.#token.kind === 'Operator') {
      const start = this.#token;
      const negated = this.#take('Operator', 'not');
      const { text, at } = this.#token;
      const binding = this.#token.kind === 'Operator' ? binary.get(text) : undefined;
      if (binding === undefined || binding < precedence) break;
      this.#deeper();
      this.#next();
      if (text === '|') {
        left = this.#pipe(left);
      } else {
        if (before === '??' && text !== '??') {
          throw refuse(`Operator (${text}) and coalesce expressions (??) cannot be mixed. Wrap either by parentheses.`, at);
        }
        left = { kind: 'binary', sign: text, left, right: this.#expression(bindsRight.has(text) ? binding : binding + 1), at };
        if (negated) left = { kind: 'unary', sign: 'not', operand: left, at: start.at };
      }
      before = text;
    }
    return precedence === 0 ? this.#conditional(left) : left;
  }

  #declaration(): Node {
    this.#next();
    const { text: name, at } = this.#expect('Identifier');
    this.#expect('Operator', '=');
    const value = this.#expression(0);
    this.#expect('Operator', ';');
    return { kind: 'let', name, value, body: this.#expression(0), at };
  }

  #conditional(first: Node): Node {
    let node = first;
    while (this.#is('Operator', '?')) {
      this.#deeper();
      const { at } = this.#next();
      const isShort = this.#take('Operator', ':');
      const yes = isShort ? node : this.#expression(0);
      if (!isShort) this.#expect('Operator', ':');
      node = { kind: 'condition', test: node, yes, no: this.#expression(0), at };
    }
    return node;
  }

  #primary(): Node {
    const token = this.#token;
    const { kind, text, at } = token;
    if (kind === 'Operator' && Object.hasOwn(unary, text)) {
      this.#next();
      return this.#postfix({ kind: 'unary', sign: text, operand: this.#expression(unary[text]!), at });
    }
    if (this.#take('Bracket', '(')) {
      const inner = this.#expression(0);
      this.#expect('Bracket', ')');
      return this.#postfix(inner);
    }
    if (kind === 'Operator' && (text === '#' || text === '.')) {
      if (this.#predicates === 0) throw refuse('cannot use pointer accessor outside closure', at);
      if (text === '#') this.#next();
      const name = text === '#' && this.#token.kind === 'Identifier' ? this.#next().text : '';
      return this.#postfix({ kind: 'pointer', name, at });
    }
    return this.#secondary();
  }

  #secondary(): Node {
    const { kind, text, at } = this.#token;
    if (kind === 'Identifier') {
      this.#next();
      if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', at };
      if (text === 'nil') return { kind: 'literal', value: null, at };
      return this.#postfix(this.#is('Bracket', '(') ? this.#call(text, at, []) : { kind: 'name', name: text, at });
    }
    if (kind === 'Number') return numberAt(this.#next());
    if (kind === 'String') return { kind: 'literal', value: this.#next().text, at };
    if (this.#is('Bracket', '[')) return this.#postfix(this.#array());
    if (this.#is('Bracket', '{')) return this.#postfix(this.#map());
    throw this.#unexpected();
  }

  /** What stands in brackets behind a name; `piped` is what `|` hands over. */
  #call(name: string, at: number, piped: readonly Node[]): Node {
    if (predicates.has(name)) {
      this.#expect('Bracket', '(');
      const args = [...piped];
      if (args.length === 0) {
        args.push(this.#expression(0));
        this.#expect('Operator', ',');
      }
      args.push(this.#predicate());
      if (name === 'reduce' && this.#take('Operator', ',')) args.push(this.#expression(0));
      this.#expect('Bracket', ')');
      return { kind: 'builtin', name, args, at };
    }
    const args = [...piped, ...this.#arguments()];
    return this.#builtins.has(name) ? { kind: 'builtin', name, args, at } : { kind: 'call', callee: { kind: 'name', name, at }, args, at };
  }

  #predicate(): Node {
    const isBraced = this.#take('Bracket', '{');
    this.#predicates += 1;
    const node = this.#expression(0);
    this.#predicates -= 1;
    if (isBraced) this.#expect('Bracket', '}');
    return node;
  }

  #arguments(): Node[] {
    this.#expect('Bracket', '(');
    const args: Node[] = [];
    while (!this.#is('Bracket', ')')) {
      if (args.length > 0) this.#expect('Operator', ',');
      args.push(this.#expression(0));
    }
    this.#next();
    return args;
  }

  #pipe(left: Node): Node {
    const { text, at } = this.#expect('Identifier');
    return this.#call(text, at, [left]);
  }

  #array(): Node {
    const { at } = this.#next();
    const items: Node[] = [];
    while (!this.#is('Bracket', ']')) {
      if (items.length > 0) this.#expect('Operator', ',');
      if (items.length > 0 && this.#is('Bracket', ']')) break;
      items.push(this.#expression(0));
    }
    this.#expect('Bracket', ']');
    return { kind: 'array', items, at };
  }

  #map(): Node {
    const { at } = this.#next();
    const pairs: { key: Node; value: Node }[] = [];
    while (!this.#is('Bracket', '}')) {
      if (pairs.length > 0) this.#expect('Operator', ',');
      if (pairs.length > 0 && this.#is('Bracket', '}')) break;
      const key = this.#key();
      this.#expect('Operator', ':');
      pairs.push({ key, value: this.#expression(0) });
    }
    this.#expect('Bracket', '}');
    return { kind: 'map', pairs, at };
  }

  #key(): Node {
    const { kind, at } = this.#token;
    if (kind === 'Number' || kind === 'String' || kind === 'Identifier') return { kind: 'literal', value: this.#next().text, at };
    if (this.#is('Bracket', '(')) return this.#expression(0);
    throw refuse(
      `a map key must be a quoted string, a number, a identifier, or an expression enclosed in parentheses (unexpected token ${nameOf(this.#token)})`,
      at,
    );
  }

  #postfix(first: Node): Node {
    let node = first;
    for (;;) {
      const isDot = this.#is('Operator', '.') || this.#is('Operator', '?.');
      if (!isDot && !this.#is('Bracket', '[')) return node;
      this.#deeper();
      node = isDot ? this.#dotted(node) : this.#indexed(node);
    }
  }

  #dotted(node: Node): Node {
    const optional = this.#next().text === '?.';
    const { kind, text, at } = this.#token;
    if (kind !== 'Identifier' && !(kind === 'Operator' && /^[a-zA-Z]+$/.test(text))) throw refuse('expected name', at);
    this.#next();
    const property: Node = { kind: 'literal', value: text, at };
    const member: Node = { kind: 'member', object: node.kind === 'chain' ? node.node : node, property, optional, at };
    const read: Node = this.#is('Bracket', '(') ? { kind: 'call', callee: member, args: this.#arguments(), at } : member;
    return optional || node.kind === 'chain' ? { kind: 'chain', node: read, at } : read;
  }

  #indexed(object: Node): Node {
    const { at } = this.#next();
    const from = this.#is('Operator', ':') ? undefined : this.#expression(0);
    if (!this.#take('Operator', ':')) {
      this.#expect('Bracket', ']');
      return { kind: 'member', object, property: from!, optional: false, at };
    }
    const to = this.#is('Bracket', ']') ? undefined : this.#expression(0);
    this.#expect('Bracket', ']');
    return { kind: 'slice', object, from, to, at };
  }
}
