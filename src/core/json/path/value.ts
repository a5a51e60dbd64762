import { parseGoBool, parseGoFloat, plainDecimal } from '../numbers.ts';
import { nestedEnd, nextStart, stringEnd, typeAt, type ValueType, valueEnd } from './scan.ts';
import { unescaped } from './unescaped.ts';

/** Where a value stands in the text that was searched. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A value that a path found. Its raw text is as in the payload; what it means is worked out when asked. */
export class Value {
  readonly type: ValueType;
  readonly raw: string;
  /** One place for a value of the text, several for one that was collected from it, none for one that was made. */
  readonly places: readonly Place[];
  #text: string | undefined;

  constructor(type: ValueType, raw: string, places: readonly Place[] = []) {
    this.type = type;
    this.raw = raw;
    this.places = places;
  }

  get text(): string {
    this.#text ??= this.#readText();
    return this.#text;
  }

  get number(): number {
    if (this.type === 'True') return 1;
    if (this.type === 'Number') return parseGoFloat(this.raw) ?? 0;
    return this.type === 'String' ? (parseGoFloat(this.text) ?? 0) : 0;
  }

  get boolean(): boolean {
    if (this.type === 'True') return true;
    if (this.type === 'Number') return this.number !== 0;
    return this.type === 'String' && (parseGoBool(this.text.toLowerCase()) ?? false);
  }

  /** The same value, found in a text that starts at `offset` of a larger one. */
  movedBy(offset: number): Value {
    if (offset === 0) return this;
    const places = this.places.map(({ start, end }) => ({ start: start + offset, end: end + offset }));
    return new Value(this.type, this.raw, places);
  }

  #readText(): string {
    const { raw } = this;
    switch (this.type) {
      case 'Null':
        return '';
      case 'True':
        return 'true';
      case 'False':
        return 'false';
      case 'JSON':
        return raw;
      case 'Number':
        return /^-?\d*$/.test(raw) ? raw : plainDecimal(this.number);
      case 'String': {
        const inside = raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined);
        return inside.includes('\\') ? unescaped(inside) : inside;
      }
    }
  }
}

/** The value between two indexes of a text. */
export function valueBetween(json: string, start: number, end: number): Value {
  return new Value(typeAt(json, start), json.slice(start, end), [{ start, end }]);
}

/** The value that a text is, without a place. An object or array is taken up to the text's end; what starts no value is undefined. */
export function parseValue(json: string): Value | undefined {
  const start = json.search(/[^\0- ]/);
  if (start < 0 || nextStart(json, start) !== start) return undefined;
  const type = typeAt(json, start);
  if (type === 'JSON') return new Value(type, json.slice(start));
  const end = valueEnd(json, start);
  return new Value(type, json.slice(start, end < 0 ? undefined : end));
}

/**
 * Calls back for each member of an object or element of an array; a scalar is its own only element. The key is the raw text of a
 * member's key, undefined for an element.
 */
export function forEachIn(value: Value | undefined, visit: (value: Value, key: Value | undefined) => void): void {
  if (!value) return;
  if (value.type !== 'JSON') {
    visit(value, undefined);
    return;
  }
  const json = value.raw;
  const isObject = json.startsWith('{');
  for (let at = 1; ; ) {
    let key: Value | undefined;
    if (isObject) {
      const start = json.indexOf('"', at);
      const end = start < 0 ? -1 : stringEnd(json, start);
      if (end < 0) return;
      key = valueBetween(json, start, end);
      at = end;
    }
    const start = nextStart(json, at);
    const end = start < json.length ? valueEnd(json, start) : -1;
    if (end < 0) return;
    visit(valueBetween(json, start, end), key);
    at = end;
  }
}

export const isArray = (value: Value | undefined): value is Value => value?.type === 'JSON' && value.raw.startsWith('[');
export const isObject = (value: Value | undefined): value is Value => value?.type === 'JSON' && value.raw.startsWith('{');

/** The first value of a text that starts with a bracket or a quote, as text: what a path has in its own syntax. */
export function leading(text: string): string {
  if (text.startsWith('"')) {
    const end = stringEnd(text, 0);
    return end < 0 ? text : text.slice(0, end);
  }
  return text.slice(0, nestedEnd(text, 0));
}

/** Whether a text is JSON as it should be. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return false;
    throw thrown;
  }
}
