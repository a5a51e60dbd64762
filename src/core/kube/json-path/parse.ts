import { unquote } from '../../go/unquote.ts';
import { type Node, PathError } from './nodes.ts';

const terminator = /[ \t\r\n.,[\]$@{}]/;

/** The steps of what stands between the braces of a template. Throws PathError. */
export function parse(text: string): readonly Node[] {
  return new Reader(text, 0).nodes();
}

class Reader {
  readonly #text: string;
  /** Where the text begins in the whole path, for messages. */
  readonly #base: number;
  #at = 0;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  nodes(): readonly Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#text.length) nodes.push(...this.#next(nodes.at(-1)));
    return nodes;
  }

  #next(before: Node | undefined): readonly Node[] {
    if (this.#take('[?(')) return [this.#filter()];
    if (this.#take('..')) return this.#recursive(before);
    const sign = this.#text[this.#at]!;
    if (sign === '\r' || sign === '\n') throw this.#problem('a path is one line');
    if (/[-+\p{Nd}]/u.test(this.#character())) return [this.#number()];
    if (/[_\p{L}]/u.test(this.#character())) return [this.#word()];
    this.#at += 1;
    switch (sign) {
      case ' ':
      // The current object: what is gone from anyway.
      case '@':
      case '$':
        return [];
      case '[':
        return this.#brackets();
      case '"':
      case "'":
        return [{ kind: 'literal', value: this.#quoted(sign), isInteger: false }];
      case '.':
        return [this.#field()];
      default:
        this.#at -= 1;
        throw this.#problem(`there is no meaning in "${this.#character()}"`);
    }
  }

  /** The whole character, where it takes two units. */
  #character(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.#at)!);
  }

  #take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #recursive(before: Node | undefined): readonly Node[] {
    if (before?.kind === 'recursive') throw this.#problem('".." stands twice', this.#at - 2);
    const starts = this.#at < this.#text.length && /[_\p{L}\p{Nd}]/u.test(this.#character());
    return starts ? [{ kind: 'recursive' }, this.#field()] : [{ kind: 'recursive' }];
  }

  #field(): Node {
    const start = this.#at;
    while (this.#at < this.#text.length && !terminator.test(this.#text[this.#at]!)) this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    if (this.#at > this.#text.length) throw this.#problem('a backslash ends the path', this.#text.length - 1);
    const name = this.#text.slice(start, this.#at);
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') };
  }

  #word(): Node {
    const start = this.#at;
    while (this.#at < this.#text.length && !terminator.test(this.#text[this.#at]!)) this.#at += 1;
    const word = this.#text.slice(start, this.#at);
    return word === 'true' || word === 'false' ? { kind: 'literal', value: word === 'true', isInteger: false } : { kind: 'word', word };
  }

  #number(): Node {
    const [text] = /^[-+]?[.\p{Nd}]*/u.exec(this.#text.slice(this.#at))!;
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(text)) throw this.#problem(`"${text}" is no number`);
    this.#at += text.length;
    return { kind: 'literal', value: Number(text), isInteger: /^[-+]?\d+$/.test(text) };
  }

  #quoted(mark: string): string {
    const start = this.#at - 1;
    do {
      this.#at = this.#text.indexOf(mark, this.#at) + 1;
      if (this.#at === 0) throw this.#problem('a text in quotes does not end', start);
    } while (this.#text[this.#at - 2] === '\\');
    const text = unquote(this.#text.slice(start, this.#at));
    if (text === undefined) throw this.#problem('a text in quotes has an escape that there is not', start);
    return text;
  }

  #brackets(): readonly Node[] {
    const start = this.#at;
    const end = this.#text.indexOf(']', start);
    if (end < 0 || this.#text.slice(start, end).includes('\n')) throw this.#problem('the bracket is not closed', start - 1);
    this.#at = end + 1;
    const inner = this.#text.slice(start, end);
    if (!inner.includes(',')) return this.#subscript(inner, start);
    let at = start;
    const parts = inner.split(',').map((part) => {
      const spaces = /^ */.exec(part)![0].length;
      const nodes = this.#subscript(part.replace(/^ +| +$/g, ''), at + spaces);
      at += part.length + 1;
      return nodes;
    });
    return [{ kind: 'union', parts }];
  }

  #subscript(text: string, at: number): readonly Node[] {
    const key = /^'([^']*)'$/.exec(text);
    if (key) return new Reader(`.${key[1]}`, this.#base + at).nodes();
    const range = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/.exec(text === '*' ? ':' : text);
    if (!range) throw this.#problem(`"${text}" is neither a place in a list nor a key in single quotes`, at);
    const [first, end, step] = [range[1], range[2], range[3]].map((digits) => this.#integer(digits, at));
    const isSingle = range[2] === undefined;
    return [{ kind: 'slice', start: first, end: isSingle ? (first ?? 0) + 1 : end, isSingle, step }];
  }

  #integer(digits: string | undefined, at: number): number | undefined {
    if (!digits) return undefined;
    if (!Number.isSafeInteger(Number(digits))) throw this.#problem(`"${digits}" is no place in a list`, at);
    return Number(digits);
  }

  /** What is in a filter's brackets is compared by the first sign that compares; without one it has to exist. */
  #filter(): Node {
    const start = this.#at;
    const inner = this.#inFilter();
    const compared = /^([^!<>=]+)([!<>=]+)(.+)$/.exec(inner);
    const part = (text: string, at: number) => new Reader(text, this.#base + at).nodes();
    if (!compared) return { kind: 'exists', path: part(inner, start) };
    const [, left, operator, right] = compared as unknown as [string, string, string, string];
    return {
      kind: 'comparison',
      left: part(left, start),
      operator,
      right: part(right, start + left.length + operator.length),
    };
  }

  /** A bracket inside the first text in quotes is none; a filter inside a filter cannot be written. */
  #inFilter(): string {
    const start = this.#at;
    let mark: string | undefined;
    let isOver = false;
    for (; ; this.#at++) {
      const sign = this.#text[this.#at];
      if (sign === undefined || sign === '\n') throw this.#problem('the filter is not closed', start - 3);
      if (mark === undefined && (sign === '"' || sign === "'")) mark = sign;
      else if (sign === mark && this.#text[this.#at - 1] !== '\\') isOver = true;
      else if (sign === ')' && (mark === undefined || isOver)) break;
    }
    const inner = this.#text.slice(start, this.#at);
    this.#at += 1;
    if (!this.#take(']')) throw this.#problem('a filter ends with ")]"');
    return inner;
  }

  #problem(message: string, at = this.#at): PathError {
    return new PathError(message, this.#base + at);
  }
}
