import { GoError } from '../go/function.ts';
import type { Step, Term } from './steps.ts';

export interface Path {
  /** Whether it starts with `$`, not with `@`. */
  readonly isRooted: boolean;
  readonly steps: readonly Step[];
}

/** Brackets inside brackets. */
const deepest = 50;

/** Throws GoError. */
export function parse(text: string): Path {
  const reader = new Reader(text);
  const path = reader.path();
  if (!reader.ended) throw reader.problem();
  return path;
}

const loosest: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '=~', '<', '>'],
  ['+', '-'],
  ['**', '*', '/', '%'],
];

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  problem(): GoError {
    return new GoError(`invalid JSONPath selector '${this.#text}': unexpected '${this.#text[this.#at] ?? 'end'}' at ${this.#at}`);
  }

  path(inside = false): Path {
    const sign = this.#match(/[$@]/y);
    if (!sign || !(inside || this.ended || /[.[]/.test(this.#text[this.#at]!))) throw this.problem();
    const steps: Step[] = [];
    for (;;) {
      if (this.#take('..')) {
        steps.push({ kind: 'recursive' });
        if (this.#text[this.#at] !== '[' && !this.ended) steps.push(this.#name(inside));
      } else if (this.#take('.')) {
        if (this.#text[this.#at] !== '[') steps.push(this.#name(inside));
      } else if (this.#take('[')) {
        steps.push(this.#subscript());
      } else {
        return { isRooted: sign === '$', steps };
      }
    }
  }

  #take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #name(inside: boolean): Step {
    const name = (inside ? this.#match(/(?:[^.[\s=!<>&|()+*/%,\]-]|-(?![\d\s]))+|\*/y) : this.#match(/[^.[]+/y))?.trim();
    if (!name) throw this.problem();
    if (name === '*') return { kind: 'wildcard' };
    return name === 'length' ? { kind: 'length' } : { kind: 'key', key: name };
  }

  #subscript(): Step {
    if (++this.#depth > deepest) throw this.problem();
    this.#match(/\s+/y);
    const step = this.#inBrackets();
    this.#match(/\s+/y);
    if (!this.#take(']')) throw this.problem();
    this.#depth -= 1;
    return step;
  }

  #inBrackets(): Step {
    if (this.#take('*')) return { kind: 'wildcard' };
    if (this.#take('?(')) return { kind: 'filter', test: this.#bracketed() };
    if (this.#take('(')) return { kind: 'script', value: this.#bracketed() };
    if (/['"]/.test(this.#text[this.#at] ?? '')) {
      const keys = this.#list(() => this.#quoted());
      return keys.length === 1 ? { kind: 'key', key: keys[0]! } : { kind: 'keys', keys };
    }
    const start = this.#integer();
    if (this.#take(':')) return this.#range(start);
    if (start === undefined) throw this.problem();
    const indexes = [start];
    while (this.#match(/\s*,\s*/y)) indexes.push(this.#integer() ?? this.#fail());
    return indexes.length === 1 ? { kind: 'index', index: start } : { kind: 'indexes', indexes };
  }

  #fail(): never {
    throw this.problem();
  }

  #range(start: number | undefined): Step {
    const end = this.#integer();
    const step = this.#take(':') ? (this.#integer() ?? 1) : 1;
    if (step === 0) throw this.problem();
    return { kind: 'range', start, end, step };
  }

  #list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.#match(/\s*,\s*/y)) items.push(item());
    return items;
  }

  #integer(): number | undefined {
    const digits = this.#match(/\s*[+-]?\d{1,15}/y);
    return digits === undefined ? undefined : Number(digits);
  }

  #quoted(): string {
    const found = this.#match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy);
    if (found === undefined) throw this.problem();
    return found.slice(1, -1).replace(/\\(['"\\])/g, '$1');
  }

  #bracketed(): Term {
    const term = this.#operators(0);
    this.#match(/\s+/y);
    if (!this.#take(')')) throw this.problem();
    return term;
  }

  #operators(level: number): Term {
    const signs = loosest[level];
    if (!signs) return this.#operand();
    let left = this.#operators(level + 1);
    for (;;) {
      this.#match(/\s+/y);
      const sign = signs.find((one) => this.#take(one));
      if (!sign) return left;
      left = { kind: 'binary', sign, left, right: this.#operators(level + 1) };
    }
  }

  #operand(): Term {
    if (++this.#depth > deepest) throw this.problem();
    const term = this.#plain();
    this.#depth -= 1;
    return term;
  }

  #plain(): Term {
    this.#match(/\s+/y);
    if (this.#take('!')) return { kind: 'not', operand: this.#operand() };
    if (this.#take('(')) return this.#bracketed();
    const next = this.#text[this.#at] ?? '';
    if (next === '@' || next === '$') return { kind: 'path', ...this.path(true) };
    if (next === "'" || next === '"') return { kind: 'literal', value: this.#quoted() };
    const number = this.#match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    const word = this.#match(/true|false|null|nil/y);
    if (word === undefined) throw this.problem();
    return { kind: 'literal', value: word === 'true' ? true : word === 'false' ? false : null };
  }
}
