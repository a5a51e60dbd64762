import type { Json, JsonObject } from './json.ts';
import { goQuote } from './quote.ts';
import { sortedKeys } from './sorted-keys.ts';

/**
 * The text that Go's encoding/json gives for a decoded value: keys sorted by their UTF-8 bytes, `<`, `>`, `&` escaped, shortest floats.
 * Where Go would fail, on numbers beyond a double, it writes what jq does: the largest double.
 */
export function goJson(value: Json): string {
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value !== 'object') return `${value}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    let text = `[${goJson(value[0]!)}`;
    for (let index = 1; index < value.length; index++) text += `,${goJson(value[index]!)}`;
    return `${text}]`;
  }
  return objectText(value);
}

/** JSON text with keys in their order and nothing escaped that JSON does not ask for; all digits of a bigint. Not finite: `null`. */
export function stringifyJson(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return withBigints(value);
  }
}

function objectText(object: JsonObject): string {
  const keys = sortedKeys(object);
  let text = '{';
  let separator = '';
  for (const key of keys) {
    text += `${separator}${goQuote(key)}:${goJson(object[key]!)}`;
    separator = ',';
  }
  return `${text}}`;
}

/** Go and JavaScript agree on floats, but for minus zero and for what is not finite. */
function numberText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (Number.isFinite(value)) return `${value}`;
  return Number.isNaN(value) ? 'null' : `${value > 0 ? '' : '-'}${Number.MAX_VALUE}`;
}

function withBigints(value: Json): string {
  if (typeof value === 'bigint') return `${value}`;
  if (Array.isArray(value)) return `[${value.map(withBigints).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value)
    .map((key) => `${JSON.stringify(key)}:${withBigints(value[key]!)}`)
    .join(',')}}`;
}
