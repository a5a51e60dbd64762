import type { Json } from '../../json/json.ts';
import { sortedKeys } from '../../json/sorted-keys.ts';

/**
 * JSON text as gojq's `tojson` writes it: sorted keys, nothing escaped that JSON does not ask for but DEL, NaN as null and infinity as
 * the largest double. `paid` is told each piece's length.
 */
export function print(value: Json, paid: (length: number) => void): string {
  if (typeof value === 'string') return pay(printString(value), paid);
  if (typeof value === 'number') return pay(printNumber(value), paid);
  if (value === null || typeof value !== 'object') return pay(`${value}`, paid);
  let text = '';
  let separator = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      text += separator + print(item, paid);
      separator = ',';
    }
    paid(value.length + perValue);
    return `[${text}]`;
  }
  for (const key of sortedKeys(value)) {
    paid(key.length + perKey);
    text += `${separator}${printString(key)}:${print(value[key]!, paid)}`;
    separator = ',';
  }
  return `{${text}}`;
}

/** What a value costs beside its text. */
const perValue = 16;
/** And a key, which has to be sorted. */
const perKey = 32;

function pay(text: string, paid: (length: number) => void): string {
  paid(text.length + perValue);
  return text;
}

export function printNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : `${value}`;
  return Number.isNaN(value) ? 'null' : `${value > 0 ? '' : '-'}${Number.MAX_VALUE}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const special = /["\\\u0000-\u001f\u007f\ud800-\udfff]/;
const halfPair = /\p{Surrogate}/gu;

export function printString(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  return JSON.stringify(text.replace(halfPair, '\ufffd')).replaceAll('\u007f', '\\u007f');
}
