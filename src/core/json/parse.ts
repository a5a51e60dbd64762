import type { Json } from './json.ts';
import { deepest, parseExactly } from './parse-exactly.ts';

/**
 * JSON text as a value. Integers that a double cannot hold become `bigint`; of a repeated key the last one counts, as in Go.
 *
 * Throws EngineError EVENT_NOT_JSON with line and column; also for text nested deeper than 2,000 levels, which no recursive code behind
 * us could work on.
 */
export function parseJson(text: string): Json {
  if (hasLongInteger(text) || mayBeTooDeep(text)) return parseExactly(text);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return parseExactly(text);
  }
}

/**
 * Whether a number of 16 digits or more may stand outside a string. Such a run covers an index that is a multiple of 16, so one
 * character in 16 is enough to look at.
 */
function hasLongInteger(text: string): boolean {
  for (let at = 15; at < text.length; at += 16) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let start = at;
    while (isDigit(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (isDigit(text.charCodeAt(end))) end += 1;
    if (end - start >= 16 && startsNumber(text.charCodeAt(start - 1))) return true;
    at = end - (end % 16) - 1;
  }
  return false;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Whether a number can start after this character (NaN: the start of the text). Quotes, letters and the dot of a fraction are not among them. */
const startsNumber = (before: number): boolean => Number.isNaN(before) || ':,[- \t\r\n'.includes(String.fromCharCode(before));

const manyOpenings = new RegExp(`^(?:[^[{]*[[{]){${deepest + 1}}`);

/** Counts brackets, in strings too: only where there are enough of them is the depth worth knowing. */
const mayBeTooDeep = (text: string): boolean => text.length > 2 * deepest && manyOpenings.test(text);
