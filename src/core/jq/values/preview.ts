import type { Json } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';
import { printNumber, printString } from './print.ts';

/** `number (5)`, `object ({"a":1})`: a value in an error. */
export const describe = (value: Json): string => (value === null ? 'null' : `${typeOf(value)} (${preview(value)})`);

export function typeOf(value: Json): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'bigint' ? 'number' : (typeof value as 'boolean' | 'number' | 'string' | 'object');
}

const widest = 30;

/** The value's JSON text, cut to 30 bytes. */
export function preview(value: Json): string {
  const text = beginning(value, widest + 2);
  if (text.length <= widest && bytesIn(text) <= widest) return text;
  const tail = typeof value === 'string' ? ' ..."' : Array.isArray(value) ? ' ...]' : value && typeof value === 'object' ? ' ...}' : ' ...';
  let kept = '';
  let room = widest - tail.length;
  for (const char of text) {
    room -= bytesIn(char);
    if (room < 0) break;
    kept += char;
  }
  return kept + tail;
}

const bytesIn = (text: string): number => (isAscii.test(text) ? text.length : Buffer.byteLength(text));
const isAscii = /^[ -~]*$/;

const longest = 2_000;

/** A text as it is, another value as JSON; only the beginning of what is very long, or would never end because its parts are shared. */
export function spelled(value: Json): string {
  const text = typeof value === 'string' ? value : beginning(value, longest);
  return text.length > longest ? `${text.slice(0, longest)} ...` : text;
}

/** At least `length` characters of the JSON text, where it has so many; a huge value is not printed whole. */
function beginning(value: Json, length: number): string {
  if (typeof value === 'string') return printString(value.slice(0, length));
  if (typeof value === 'number') return printNumber(value);
  if (value === null || typeof value !== 'object') return `${value}`;
  const list = Array.isArray(value);
  let text = list ? '[' : '{';
  let separator = '';
  for (const key of list ? value.keys() : sortedKeys(value)) {
    if (text.length > length) return text;
    const name = list ? '' : `${printString(key as string)}:`;
    text += `${separator}${name}${beginning((value as Record<string | number, Json>)[key]!, length - text.length)}`;
    separator = ',';
  }
  return text + (list ? ']' : '}');
}
