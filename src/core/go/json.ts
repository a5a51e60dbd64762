import type { JsonObject } from '../json/json.ts';
import { goQuote } from '../json/quote.ts';
import { sortedKeys } from '../json/sorted-keys.ts';
import { validPieces } from './bytes.ts';
import { GoError, type Spend } from './function.ts';
import { type GoValue, Int, isList, isMap, Struct, TypedList } from './values.ts';

export interface JsonForm {
  /** `<`, `>` and `&` as `\u003c` and so on. */
  readonly escapeHtml: boolean;
  /** Two spaces for each level. */
  readonly pretty: boolean;
}

/** Lists and maps inside each other. */
const deepest = 1000;

/** encoding/json: keys in order, all digits of large integers kept. Throws GoError for what JSON cannot say. */
export function marshal(value: GoValue, form: JsonForm, spend: Spend, depth = 0): string {
  if (typeof value === 'string') return quoted(value, form, spend);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return numberText(value);
  if (value instanceof Int) return `${value.value}`;
  if (value instanceof Struct) return value.toJson();
  if (depth > deepest) throw new GoError('json: unsupported value: encountered a cycle');
  if (isList(value)) {
    if (value instanceof TypedList && value.isNil) return 'null';
    const parts = value.map((item) => marshal(item, form, spend, depth + 1));
    return enclosed('[', parts, ']', form, spend, depth);
  }
  if (!isMap(value)) return `${value}`;
  const colon = form.pretty ? ': ' : ':';
  const parts = sortedKeys(value as JsonObject).map(
    (key) => quoted(key, form, spend) + colon + marshal(value[key], form, spend, depth + 1),
  );
  return enclosed('{', parts, '}', form, spend, depth);
}

/** A byte that is no text is the escape `\ufffd`. */
function quoted(text: string, { escapeHtml }: JsonForm, spend: Spend): string {
  spend.bytes(text.length);
  const pieces = validPieces(text).map((piece) => (escapeHtml ? goQuote(piece) : quotedRaw(piece)));
  return pieces.length === 1 ? pieces[0]! : `"${pieces.map((piece) => piece.slice(1, -1)).join('\\ufffd')}"`;
}

const quotedRaw = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

/** The form of JavaScript, which encoding/json shares. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new GoError(`json: unsupported value: ${value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN'}`);
  if (Object.is(value, -0)) return '-0';
  return `${value}`;
}

function enclosed(open: string, parts: readonly string[], close: string, { pretty }: JsonForm, spend: Spend, depth: number): string {
  spend.steps(parts.length + 1);
  let length = 2;
  for (const part of parts) length += part.length + 1;
  if (pretty) length += parts.length * 2 * (depth + 1);
  spend.bytes(length);
  if (parts.length === 0) return open + close;
  if (!pretty) return open + parts.join(',') + close;
  const indent = '  '.repeat(depth);
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`;
}
