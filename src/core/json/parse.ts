import type { Json } from './json.ts';
import { deepest, parseExactly } from './parse-exactly.ts';

/**
 * JSON text as a value. Integers that a double cannot hold become `bigint`; of a repeated key the last one counts, as in Go.
 *
 * Throws EngineError EVENT_NOT_JSON with line and column; also for text nested deeper than 2,000 levels, which no recursive code behind
 * us could work on.
 */
export function parseJson(text: string): Json {
  if (hasLongInteger(text) || isTooDeep(text)) return parseExactly(text);
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

/** Counts brackets first, in strings too: only where there are enough of them is the depth worth knowing. */
const isTooDeep = (text: string): boolean => text.length > 2 * deepest && manyOpenings.test(text) && depthOf(text) > deepest;

/** How deep a text is nested, up to the first level that is too much. Of what is no JSON it may say anything. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < text.length && most <= deepest; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === brace || code === bracket) most = Math.max(most, ++depth);
    else if (code === closingBrace || code === closingBracket) depth -= 1;
  }
  return most;
}

const [quote, backslash] = [0x22, 0x5c];
const [brace, closingBrace, bracket, closingBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** The place of the quote that ends the string which begins at `start`; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}
