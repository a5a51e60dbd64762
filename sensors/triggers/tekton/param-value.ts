import { isObject, type Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';

/** What Tekton makes of the JSON of a param's value: a text, a list of texts or a map of texts. Anything else is its own text. */
export function paramValue(text: string): Json {
  const value = parseJson(text);
  if (value === null) return '';
  return isParam(value) ? value : text.trim();
}

/** The same for a value that stands in a rule. */
export const writtenValue = (value: Json): Json => (isParam(value) ? value : paramValue(stringifyJson(value)));

function isParam(value: Json): boolean {
  if (typeof value === 'string') return true;
  if (Array.isArray(value)) return value.every(isText);
  return isObject(value) && Object.values(value).every(isText);
}

const isText = (value: Json): boolean => typeof value === 'string';

/** Tekton reads `$(…)` as a variable, and `$$(` as the two characters. */
export const literalText = (text: string): string => text.replaceAll('$(', () => '$$(');

/** The same for all texts in a value. */
export function literally(value: Json): Json {
  if (typeof value === 'string') return literalText(value);
  if (Array.isArray(value)) return value.map(literally);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literally(inner)]));
}
