import { EngineError } from '../errors/engine-error.ts';
import type { Json, JsonObject } from './json.ts';

/** The levels of nesting that we take. */
export const deepest = 2000;

const literals: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[a-zA-Z]+/y;
const space = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what JSON forbids here
const plain = /[^"\\\u0000-\u001f]*/y;

/** What JSON.parse does, several times slower, with every digit of an integer kept and with a reason that names line and column. */
export function parseExactly(text: string): Json {
  let at = 0;

  function document(): Json {
    skip(space);
    if (at === text.length) throw notJson('it is empty');
    const result = value(0);
    if (at < text.length) throw unexpected();
    return result;
  }

  /** Leaves `at` behind the value and the space after it. */
  function value(depth: number): Json {
    const first = text[at];
    let result: Json;
    if ((first === '{' || first === '[') && depth === deepest) throw notJson(`it is nested deeper than ${deepest} levels`);
    if (first === '{') result = object(depth + 1);
    else if (first === '[') result = array(depth + 1);
    else if (first === '"') result = string();
    else if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) result = numeric();
    else result = literal();
    skip(space);
    return result;
  }

  function object(depth: number): JsonObject {
    const result: JsonObject = {};
    open();
    if (closes('}')) return result;
    for (;;) {
      if (text[at] !== '"') throw unexpected('a key in quotes');
      const key = string();
      skip(space);
      if (text[at] !== ':') throw unexpected('":"');
      open();
      const member = value(depth);
      if (key === '__proto__') Object.defineProperty(result, key, { value: member, enumerable: true, configurable: true, writable: true });
      else result[key] = member;
      if (closes('}')) return result;
      if (text[at] !== ',') throw unexpected('"," or "}"');
      open();
    }
  }

  function array(depth: number): Json[] {
    const result: Json[] = [];
    open();
    if (closes(']')) return result;
    for (;;) {
      result.push(value(depth));
      if (closes(']')) return result;
      if (text[at] !== ',') throw unexpected('"," or "]"');
      open();
    }
  }

  function string(): string {
    const start = at;
    let escaped = false;
    at += 1;
    for (;;) {
      skip(plain);
      if (text[at] === '"') break;
      if (at >= text.length) throw notJson('it ends inside a string');
      if (text[at] !== '\\') throw notJson(`a control character in a string${place(text, at)}`);
      if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 6))) throw notJson(`a wrong escape in a string${place(text, at)}`);
      escaped = true;
      at += 2;
    }
    at += 1;
    return escaped ? (JSON.parse(text.slice(start, at)) as string) : text.slice(start + 1, at - 1);
  }

  function numeric(): number | bigint {
    const start = at;
    skip(number);
    if (at === start) throw notJson(`a number that is only "-"${place(text, at)}`);
    const digits = text.slice(start, at);
    const double = Number(digits);
    return Number.isSafeInteger(double) || /[.eE]/.test(digits) ? double : BigInt(digits);
  }

  function literal(): Json {
    const start = at;
    skip(word);
    const found = literals.get(text.slice(start, at));
    if (found !== undefined) return found;
    at = start;
    throw unexpected('a value');
  }

  function open(): void {
    at += 1;
    skip(space);
  }

  /** Steps over a closing bracket when it is there. The space after it is left to `value`. */
  function closes(bracket: string): boolean {
    if (text[at] !== bracket) return false;
    at += 1;
    return true;
  }

  /** Steps over what a sticky pattern matches here, if anything. */
  function skip(pattern: RegExp): void {
    pattern.lastIndex = at;
    if (pattern.test(text)) at = pattern.lastIndex;
  }

  function unexpected(wanted?: string): EngineError {
    if (at >= text.length) return notJson('it ends too early');
    const found = JSON.stringify(String.fromCodePoint(text.codePointAt(at)!));
    return notJson(`unexpected ${found}${place(text, at)}${wanted ? `, wanted ${wanted}` : ''}`);
  }

  return document();
}

const notJson = (reason: string): EngineError => new EngineError('EVENT_NOT_JSON', { reason });

function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return ` at line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
