import { refuse } from '../refuse.ts';
import type { Node } from './ast.ts';
import { Cursor } from './cursor.ts';
import { numberAt } from './number.ts';
import { binary, bindsRight, unary } from './precedence.ts';
import { predicates } from './predicates.ts';
import { nameOf, tokenize } from './tokens.ts';

/** Throws CONFIG_EXPRESSION. `depth` is how far parts may stand inside parts; `builtins` are the names of functions. */
export function parse(text: string, depth: number, builtins: ReadonlySet<string>): Node {
  return new Parser(new Cursor(tokenize(text), depth), builtins).whole();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #builtins: ReadonlySet<string>;
  /** Predicates inside predicates. */
  #predicates = 0;

  constructor(cursor: Cursor, builtins: ReadonlySet<string>) {
    this.#cursor = cursor;
    this.#builtins = builtins;
  }

  whole(): Node {
    const node = this.#expression(0);
    if (this.#cursor.token.kind !== 'EOF') throw this.#cursor.unexpected();
    return node;
  }

  #expression(precedence: number): Node {
    const depth = this.#cursor.depth;
    this.#cursor.deeper();
    const node = precedence === 0 && this.#cursor.is('Operator', 'let') ? this.#declaration() : this.#operators(precedence);
    this.#cursor.depth = depth;
    return node;
  }

  #operators(precedence: number): Node {
    let left = this.#primary();
    let before = '';
    while (this.#cursor.token.kind === 'Operator') {
      const start = this.#cursor.token;
      const negated = this.#cursor.take('Operator', 'not');
      const { text, at } = this.#cursor.token;
      const binding = this.#cursor.token.kind === 'Operator' ? binary.get(text) : undefined;
      if (binding === undefined || binding < precedence) break;
      this.#cursor.deeper();
      this.#cursor.next();
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
    this.#cursor.next();
    const { text: name, at } = this.#cursor.expect('Identifier');
    this.#cursor.expect('Operator', '=');
    const value = this.#expression(0);
    this.#cursor.expect('Operator', ';');
    return { kind: 'let', name, value, body: this.#expression(0), at };
  }

  #conditional(first: Node): Node {
    let node = first;
    while (this.#cursor.is('Operator', '?')) {
      this.#cursor.deeper();
      const { at } = this.#cursor.next();
      const isShort = this.#cursor.take('Operator', ':');
      const yes = isShort ? node : this.#expression(0);
      if (!isShort) this.#cursor.expect('Operator', ':');
      node = { kind: 'condition', test: node, yes, no: this.#expression(0), at };
    }
    return node;
  }

  #primary(): Node {
    const token = this.#cursor.token;
    const { kind, text, at } = token;
    if (kind === 'Operator' && Object.hasOwn(unary, text)) {
      this.#cursor.next();
      return this.#postfix({ kind: 'unary', sign: text, operand: this.#expression(unary[text]!), at });
    }
    if (this.#cursor.take('Bracket', '(')) {
      const inner = this.#expression(0);
      this.#cursor.expect('Bracket', ')');
      return this.#postfix(inner);
    }
    if (kind === 'Operator' && (text === '#' || text === '.')) {
      if (this.#predicates === 0) throw refuse('cannot use pointer accessor outside closure', at);
      if (text === '#') this.#cursor.next();
      const name = text === '#' && this.#cursor.token.kind === 'Identifier' ? this.#cursor.next().text : '';
      return this.#postfix({ kind: 'pointer', name, at });
    }
    return this.#secondary();
  }

  #secondary(): Node {
    const { kind, text, at } = this.#cursor.token;
    if (kind === 'Identifier') {
      this.#cursor.next();
      if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', at };
      if (text === 'nil') return { kind: 'literal', value: null, at };
      return this.#postfix(this.#cursor.is('Bracket', '(') ? this.#call(text, at, []) : { kind: 'name', name: text, at });
    }
    if (kind === 'Number') return numberAt(this.#cursor.next());
    if (kind === 'String') return { kind: 'literal', value: this.#cursor.next().text, at };
    if (this.#cursor.is('Bracket', '[')) return this.#postfix(this.#array());
    if (this.#cursor.is('Bracket', '{')) return this.#postfix(this.#map());
    throw this.#cursor.unexpected();
  }

  /** What stands in brackets behind a name; `piped` is what `|` hands over. */
  #call(name: string, at: number, piped: readonly Node[]): Node {
    if (predicates.has(name)) {
      this.#cursor.expect('Bracket', '(');
      const args = [...piped];
      if (args.length === 0) {
        args.push(this.#expression(0));
        this.#cursor.expect('Operator', ',');
      }
      args.push(this.#predicate());
      if (name === 'reduce' && this.#cursor.take('Operator', ',')) args.push(this.#expression(0));
      this.#cursor.expect('Bracket', ')');
      return { kind: 'builtin', name, args, at };
    }
    const args = [...piped, ...this.#arguments()];
    return this.#builtins.has(name) ? { kind: 'builtin', name, args, at } : { kind: 'call', callee: { kind: 'name', name, at }, args, at };
  }

  #predicate(): Node {
    const isBraced = this.#cursor.take('Bracket', '{');
    this.#predicates += 1;
    const node = this.#expression(0);
    this.#predicates -= 1;
    if (isBraced) this.#cursor.expect('Bracket', '}');
    return node;
  }

  #arguments(): Node[] {
    this.#cursor.expect('Bracket', '(');
    const args: Node[] = [];
    while (!this.#cursor.is('Bracket', ')')) {
      if (args.length > 0) this.#cursor.expect('Operator', ',');
      args.push(this.#expression(0));
    }
    this.#cursor.next();
    return args;
  }

  #pipe(left: Node): Node {
    const { text, at } = this.#cursor.expect('Identifier');
    return this.#call(text, at, [left]);
  }

  #array(): Node {
    const { at } = this.#cursor.next();
    const items: Node[] = [];
    while (!this.#cursor.is('Bracket', ']')) {
      if (items.length > 0) this.#cursor.expect('Operator', ',');
      if (items.length > 0 && this.#cursor.is('Bracket', ']')) break;
      items.push(this.#expression(0));
    }
    this.#cursor.expect('Bracket', ']');
    return { kind: 'array', items, at };
  }

  #map(): Node {
    const { at } = this.#cursor.next();
    const pairs: { key: Node; value: Node }[] = [];
    while (!this.#cursor.is('Bracket', '}')) {
      if (pairs.length > 0) this.#cursor.expect('Operator', ',');
      if (pairs.length > 0 && this.#cursor.is('Bracket', '}')) break;
      const key = this.#key();
      this.#cursor.expect('Operator', ':');
      pairs.push({ key, value: this.#expression(0) });
    }
    this.#cursor.expect('Bracket', '}');
    return { kind: 'map', pairs, at };
  }

  #key(): Node {
    const { kind, at } = this.#cursor.token;
    if (kind === 'Number' || kind === 'String' || kind === 'Identifier') return { kind: 'literal', value: this.#cursor.next().text, at };
    if (this.#cursor.is('Bracket', '(')) return this.#expression(0);
    throw refuse(
      `a map key must be a quoted string, a number, a identifier, or an expression enclosed in parentheses (unexpected token ${nameOf(this.#cursor.token)})`,
      at,
    );
  }

  #postfix(first: Node): Node {
    let node = first;
    for (;;) {
      const isDot = this.#cursor.is('Operator', '.') || this.#cursor.is('Operator', '?.');
      if (!isDot && !this.#cursor.is('Bracket', '[')) return node;
      this.#cursor.deeper();
      node = isDot ? this.#dotted(node) : this.#indexed(node);
    }
  }

  #dotted(node: Node): Node {
    const optional = this.#cursor.next().text === '?.';
    const { kind, text, at } = this.#cursor.token;
    if (kind !== 'Identifier' && !(kind === 'Operator' && /^[a-zA-Z]+$/.test(text))) throw refuse('expected name', at);
    this.#cursor.next();
    const property: Node = { kind: 'literal', value: text, at };
    const member: Node = { kind: 'member', object: node.kind === 'chain' ? node.node : node, property, optional, at };
    const read: Node = this.#cursor.is('Bracket', '(') ? { kind: 'call', callee: member, args: this.#arguments(), at } : member;
    return optional || node.kind === 'chain' ? { kind: 'chain', node: read, at } : read;
  }

  #indexed(object: Node): Node {
    const { at } = this.#cursor.next();
    const from = this.#cursor.is('Operator', ':') ? undefined : this.#expression(0);
    if (!this.#cursor.take('Operator', ':')) {
      this.#cursor.expect('Bracket', ']');
      return { kind: 'member', object, property: from!, optional: false, at };
    }
    const to = this.#cursor.is('Bracket', ']') ? undefined : this.#expression(0);
    this.#cursor.expect('Bracket', ']');
    return { kind: 'slice', object, from, to, at };
  }
}
