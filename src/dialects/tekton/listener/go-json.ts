import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import { isObject } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';

/** Why a text is no JSON object, in the words of Go's decoder, which callers may know; undefined when it is one, or null. */
export function objectProblem(text: string): string | undefined {
  try {
    const value = parseJson(text);
    if (value === null || isObject(value)) return hasLongNumber.test(text) ? syntaxProblem(text) : undefined;
    return `json: cannot unmarshal ${typeName(value)} into Go value of type map[string]interface {}`;
  } catch (thrown) {
    return syntaxProblem(text) ?? fromUnknown(thrown).message;
  }
}

/** Only such ones can be beyond a double; the checksums that most events are full of stand in quotes. */
const hasLongNumber = /[:[,\s]-?(?:\d[\d.]*[eE]\+?\d{3}|\d{300})/;

const typeName = (value: unknown): string =>
  Array.isArray(value) ? 'array' : ({ boolean: 'bool', string: 'string' }[typeof value as string] ?? 'number');

/** The first place where a text stops being JSON that Go can read. */
class Problem extends Error {}

function syntaxProblem(text: string): string | undefined {
  try {
    new Scan(Buffer.from(text)).whole();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.message;
    // The stack of the process ended first.
    if (thrown instanceof RangeError) return tooDeep;
    throw thrown;
  }
}

/** As deep as we read JSON. */
const deepest = 2000;
const tooDeep = 'exceeded max depth';

/** Reads as Go's scanner does, byte by byte, and keeps nothing but its place. */
class Scan {
  readonly #bytes: Uint8Array;
  #at = 0;
  #depth = 0;
  #beyond: Problem | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  whole(): void {
    this.#value();
    this.#space();
    if (this.#at < this.#bytes.length) this.#wrong('after top-level value');
    if (this.#beyond) throw this.#beyond;
  }

  #value(): void {
    this.#space();
    const first = this.#peek();
    if (first === '{') this.#list('}', 'after object key:value pair', () => this.#member());
    else if (first === '[') this.#list(']', 'after array element', () => this.#value());
    else if (first === '"') this.#string();
    else if (first === '-' || isDigit(first)) this.#number();
    else if (first === 't') this.#literal('true');
    else if (first === 'f') this.#literal('false');
    else if (first === 'n') this.#literal('null');
    else this.#wrong('looking for beginning of value');
  }

  #list(close: string, where: string, element: () => void): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > deepest) throw new Problem(tooDeep);
    this.#elements(close, where, element);
    this.#depth -= 1;
  }

  #elements(close: string, where: string, element: () => void): void {
    this.#space();
    if (this.#peek() === close) {
      this.#at += 1;
      return;
    }
    for (;;) {
      element();
      this.#space();
      const next = this.#peek();
      if (next !== close && next !== ',') this.#wrong(where);
      this.#at += 1;
      if (next === close) return;
    }
  }

  #member(): void {
    this.#space();
    if (this.#peek() !== '"') this.#wrong('looking for beginning of object key string');
    this.#string();
    this.#space();
    if (this.#peek() !== ':') this.#wrong('after object key');
    this.#at += 1;
    this.#value();
  }

  #string(): void {
    for (this.#at += 1; ; this.#at++) {
      const next = this.#peek();
      if (next < ' ') this.#wrong('in string literal');
      if (next === '"') break;
      if (next === '\\') this.#escape();
    }
    this.#at += 1;
  }

  #escape(): void {
    this.#at += 1;
    if (!'bfnrt\\/"u'.includes(this.#tight())) this.#wrong('in string escape code');
    if (this.#tight() !== 'u') return;
    for (let digit = 0; digit < 4; digit++) {
      this.#at += 1;
      if (!/[\da-fA-F]/.test(this.#tight())) this.#wrong('in \\u hexadecimal character escape');
    }
  }

  #number(): void {
    const start = this.#at;
    if (this.#tight() === '-') this.#at += 1;
    if (!isDigit(this.#tight())) this.#wrong('in numeric literal');
    if (this.#tight() === '0') this.#at += 1;
    else this.#digits();
    if (this.#here() === '.') this.#fraction('after decimal point in numeric literal');
    if (this.#here() === 'e' || this.#here() === 'E') {
      if ('+-'.includes(this.#next() ?? ' ')) this.#at += 1;
      this.#fraction('in exponent of numeric literal');
    }
    this.#overflow(Buffer.from(this.#bytes.subarray(start, this.#at)).toString());
  }

  /** What follows it is still looked at: where that is no JSON, that is what Go says. */
  #overflow(number: string): void {
    if (Number.isFinite(Number(number))) return;
    this.#beyond ??= new Problem(`json: cannot unmarshal number ${number} into Go value of type float64`);
  }

  #fraction(where: string): void {
    this.#at += 1;
    if (!isDigit(this.#tight())) this.#wrong(where);
    this.#digits();
  }

  #digits(): void {
    while (isDigit(this.#here() ?? '')) this.#at += 1;
  }

  #literal(word: string): void {
    for (const letter of word) {
      if (this.#tight() !== letter) this.#wrong(`in literal ${word} (expecting '${letter}')`);
      this.#at += 1;
    }
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#here() ?? '.')) this.#at += 1;
  }

  #here(): string | undefined {
    const byte = this.#bytes[this.#at];
    return byte === undefined ? undefined : String.fromCharCode(byte);
  }

  #next(): string | undefined {
    const byte = this.#bytes[this.#at + 1];
    return byte === undefined ? undefined : String.fromCharCode(byte);
  }

  /** What stands here, where something has to. */
  #peek(): string {
    const here = this.#here();
    if (here === undefined) throw new Problem('unexpected end of JSON input');
    return here;
  }

  /** The same inside of a word or number, where Go reads a blank behind the end. */
  #tight(): string {
    return this.#here() ?? ' ';
  }

  #wrong(where: string): never {
    throw new Problem(`invalid character ${quoted(this.#tight())} ${where}`);
  }
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9' && character.length === 1;

function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return `'"'`;
  if (character === '\\') return "'\\\\'";
  const escapes: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\b': '\\b',
    '\f': '\\f',
    '\v': '\\v',
    '\x07': '\\a',
  };
  const code = character.charCodeAt(0);
  if (escapes[character]) return `'${escapes[character]}'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  return code >= 0x80 && code < 0xa0 ? `'\\u00${code.toString(16)}'` : `'${character}'`;
}
