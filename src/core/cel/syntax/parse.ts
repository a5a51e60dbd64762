import { deepest, longest } from '../limits.ts';
import { refuse } from '../refuse.ts';
import { Int } from '../values/value.ts';
import { macro } from './macros.ts';
import { isBeyondInt, type Token, tokensOf } from './tokens.ts';
import type { Node, Shape } from './tree.ts';

const reserved = new Set('as break const continue else for function if import let loop package namespace return var void while'.split(' '));

/** From the loosest to the tightest. */
const binary: readonly (readonly string[])[] = [
  ['<', '<=', '>=', '>', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Throws CONFIG_CEL with the place of what is wrong. */
export function parse(text: string): Node {
  if (text.length > longest) throw refuse(`the expression is longer than ${longest} characters`, longest);
  return new Parser(tokensOf(text)).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Node {
    if (this.#isAtEnd) throw refuse('the expression is empty', 0);
    const node = this.#expression();
    if (!this.#isAtEnd) throw this.#unexpected('an operator or the end');
    return node;
  }

  get #isAtEnd(): boolean {
    return this.#token.is === 'end';
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #sees(text: string): boolean {
    const { is, text: found } = this.#token;
    return found === text && (is === 'sign' || text === 'in');
  }

  #takes(text: string): boolean {
    const sees = this.#sees(text);
    if (sees) this.#next += 1;
    return sees;
  }

  #needs(text: string, because: string): Token {
    const token = this.#token;
    if (!this.#takes(text)) throw this.#unexpected(because);
    return token;
  }

  #unexpected(wanted: string) {
    const { is, text, start } = this.#token;
    return refuse(is === 'end' ? `it ends where ${wanted} should follow` : `${text} stands where ${wanted} should follow`, start);
  }

  #node(start: number, place: number, shape: Shape): Node {
    return { start, end: this.#tokens[this.#next - 1]!.end, place, ...shape };
  }

  #expression(): Node {
    this.#depth += 1;
    if (this.#depth > deepest) throw refuse(`the expression nests deeper than ${deepest} levels`, this.#token.start);
    const condition = this.#either('||');
    const place = this.#token.start;
    let node = condition;
    if (this.#takes('?')) {
      const yes = this.#either('||');
      this.#needs(':', '":" of the choice');
      const no = this.#expression();
      node = this.#node(condition.start, place, { is: 'choice', condition, yes, no });
    }
    this.#depth -= 1;
    return node;
  }

  /** Chains of one operator are taken apart in the middle, as cel-go does, so that long ones do not nest deeply. */
  #either(sign: '||' | '&&'): Node {
    const operand = () => (sign === '||' ? this.#either('&&') : this.#binary(0));
    const terms = [operand()];
    const places: number[] = [];
    while (this.#sees(sign)) {
      places.push(this.#token.start);
      this.#next += 1;
      terms.push(operand());
    }
    const balanced = (from: number, to: number): Node => {
      if (from === to) return terms[from]!;
      const middle = (from + to) >> 1;
      const left = balanced(from, middle);
      const right = balanced(middle + 1, to);
      return { is: sign === '||' ? 'or' : 'and', left, right, start: left.start, end: right.end, place: places[middle]! };
    };
    return balanced(0, terms.length - 1);
  }

  #binary(level: number): Node {
    const signs = binary[level];
    if (!signs) return this.#unary();
    let left = this.#binary(level + 1);
    for (let chain = 0; ; chain++) {
      const sign = signs.find((one) => this.#sees(one));
      if (sign === undefined) return left;
      const place = this.#token.start;
      if (chain > deepest) throw refuse(`more than ${deepest} "${sign}" follow each other: use brackets`, place);
      this.#next += 1;
      const args = [left, this.#binary(level + 1)];
      left = this.#node(left.start, place, { is: 'call', name: sign === 'in' ? '@in' : `_${sign}_`, target: undefined, args });
    }
  }

  #unary(): Node {
    const { start } = this.#token;
    const sign = ['!', '-'].find((one) => this.#sees(one));
    if (sign === undefined) return this.#member();
    let times = 0;
    while (this.#takes(sign)) times += 1;
    if (sign === '-') {
      const number = this.#negative(times, start);
      if (number) return this.#members(number);
    }
    const operand = this.#member();
    if (times % 2 === 0) return operand;
    return this.#node(start, start, { is: 'call', name: sign === '!' ? '!_' : '-_', target: undefined, args: [operand] });
  }

  /** A number behind one `-` is a literal, so that the smallest int can be written. */
  #negative(times: number, start: number): Node | undefined {
    const token = this.#token;
    if (times !== 1 || token.is !== 'value') return undefined;
    const { value } = token;
    if (!(value instanceof Int) && typeof value !== 'number') return undefined;
    this.#next += 1;
    return this.#node(start, start, { is: 'literal', value: value instanceof Int ? new Int(-value.value) : -value });
  }

  #member(): Node {
    return this.#members(this.#primary());
  }

  #members(first: Node): Node {
    let node = first;
    for (let chain = 0; ; chain++) {
      const { start } = this.#token;
      if (chain > deepest) throw refuse(`more than ${deepest} members follow each other`, start);
      if (this.#takes('.')) node = this.#dot(node);
      else if (this.#takes('[')) {
        const key = this.#expression();
        this.#needs(']', '"]"');
        node = this.#node(node.start, start, { is: 'call', name: '_[_]', target: undefined, args: [node, key] });
      } else if (this.#sees('{') && (node.is === 'name' || node.is === 'select')) {
        throw refuse('messages of a type are not known here: write a map, {"key": value}', start);
      } else return node;
    }
  }

  #dot(object: Node): Node {
    const token = this.#token;
    const isName = token.is === 'word' && !['in', 'true', 'false', 'null'].includes(token.text);
    if (!isName && token.is !== 'field') throw this.#unexpected('the name of a field or function');
    this.#next += 1;
    const name = token.text;
    if (!isName || !this.#takes('(')) return this.#node(object.start, token.start, { is: 'select', object, field: name });
    const args = this.#list(')');
    return this.#node(object.start, token.start, macro(name, object, args) ?? { is: 'call', name, target: object, args });
  }

  #primary(): Node {
    const token = this.#token;
    const { start, text } = token;
    if (token.is === 'value') {
      if (isBeyondInt(token.value)) throw refuse(`${text} is too large for an int`, start);
      this.#next += 1;
      return this.#node(start, start, { is: 'literal', value: token.value });
    }
    if (this.#takes('(')) {
      const node = this.#expression();
      this.#needs(')', '")"');
      return node;
    }
    if (this.#takes('[')) return this.#node(start, start, { is: 'list', items: this.#list(']') });
    if (this.#takes('{')) return this.#node(start, start, { is: 'map', entries: this.#entries() });
    this.#takes('.');
    return this.#name();
  }

  #name(): Node {
    const token = this.#token;
    const { text: name, start } = token;
    if (token.is !== 'word' || name === 'in') throw this.#unexpected('a value');
    if (reserved.has(name)) throw refuse(`"${name}" is a reserved word`, start);
    this.#next += 1;
    const constant = { true: true, false: false, null: null }[name];
    if (constant !== undefined) return this.#node(start, start, { is: 'literal', value: constant });
    if (!this.#takes('(')) return this.#node(start, start, { is: 'name', name });
    const args = this.#list(')');
    return this.#node(start, start, macro(name, undefined, args) ?? { is: 'call', name, target: undefined, args });
  }

  /** What stands up to the closing sign; a comma may stand at the end of a list, as in Go. */
  #list(closing: ')' | ']'): Node[] {
    const items: Node[] = [];
    while (!this.#takes(closing)) {
      items.push(this.#expression());
      if (this.#takes(',') && !(closing === ')' && this.#sees(')'))) continue;
      this.#needs(closing, `"," or "${closing}"`);
      break;
    }
    return items;
  }

  #entries(): { key: Node; value: Node }[] {
    const entries: { key: Node; value: Node }[] = [];
    while (!this.#takes('}')) {
      const key = this.#expression();
      this.#needs(':', '":" and the value');
      entries.push({ key, value: this.#expression() });
      if (this.#takes(',')) continue;
      this.#needs('}', '"," or "}"');
      break;
    }
    return entries;
  }
}
