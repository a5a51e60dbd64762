/**
 * Finds the ends of values in JSON text without parsing it. Forgiving, as gjson is: what is not JSON gives some end, never an error.
 */

const quote = 0x22;
const backslash = 0x5c;

/** The index behind a string whose opening quote is at `at`; -1 when it is not closed. */
export function stringEnd(json: string, at: number): number {
  for (let close = json.indexOf('"', at + 1); close >= 0; close = json.indexOf('"', close + 1)) {
    let before = close - 1;
    while (before > at && json.charCodeAt(before) === backslash) before -= 1;
    if ((close - before) % 2 === 1) return close + 1;
  }
  return -1;
}

/** By character: 1 opens a level, 2 closes one, 3 is a quote. */
const nesting = new Uint8Array(128);
for (const open of '{[(') nesting[open.charCodeAt(0)] = 1;
for (const close of '}])') nesting[close.charCodeAt(0)] = 2;
nesting[quote] = 3;

/**
 * The index behind the object or array that opens at `at`, whatever the kinds of its brackets. When it stays open that is the end of the
 * text, or one more when the text ends in a string.
 */
export function nestedEnd(json: string, at: number): number {
  let depth = 1;
  for (let index = at + 1; index < json.length; index++) {
    const kind = nesting[json.charCodeAt(index)];
    if (kind === undefined || kind === 0) continue;
    if (kind === 3) {
      const end = stringEnd(json, index);
      if (end < 0) return json.length + 1;
      index = end - 1;
    } else if (kind === 1) {
      depth += 1;
    } else {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return json.length;
}

/** The index behind a number: at white space, a comma, or a closing bracket. */
function numberEnd(json: string, at: number): number {
  for (let index = at + 1; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (code <= 0x20 || code === 0x2c || code === 0x5d || code === 0x7d) return index;
  }
  return json.length;
}

/** The index behind `true`, `false`, `null`, or whatever word stands there. */
function wordEnd(json: string, at: number): number {
  for (let index = at + 1; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (code < 0x61 || code > 0x7a) return index;
  }
  return json.length;
}

const starts = new Uint8Array(128);
for (const first of '"{[tfn+-0123456789iIN') starts[first.charCodeAt(0)] = 1;

/** The index of the first character from `at` on that can start a value; the text's length when there is none. */
export function nextStart(json: string, at: number): number {
  let index = at;
  while (index < json.length && starts[json.charCodeAt(index)] !== 1) index += 1;
  return index;
}

/** As `nextStart`, but -1 when the array that we are in ends before that: at `]` or with the text. */
export function nextElement(json: string, at: number): number {
  for (let index = at; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (starts[code] === 1) return index;
    if (code === 0x5d) return -1;
  }
  return -1;
}

/** The index behind the value that starts at `at`; -1 for a string that is not closed. */
export function valueEnd(json: string, at: number): number {
  switch (json[at]) {
    case '"':
      return stringEnd(json, at);
    case '{':
    case '[':
      return nestedEnd(json, at);
    case 't':
    case 'f':
      return wordEnd(json, at);
    case 'n':
      return isNan(json, at) ? numberEnd(json, at) : wordEnd(json, at);
    default:
      return numberEnd(json, at);
  }
}

export type ValueType = 'Null' | 'False' | 'True' | 'Number' | 'String' | 'JSON';

/** The type of the value that starts at `at`. */
export function typeAt(json: string, at: number): ValueType {
  switch (json[at]) {
    case '"':
      return 'String';
    case '{':
    case '[':
      return 'JSON';
    case 't':
      return 'True';
    case 'f':
      return 'False';
    case 'n':
      return isNan(json, at) ? 'Number' : 'Null';
    default:
      return 'Number';
  }
}

/** `n` starts `null`, but also `nan`, which is a number here. */
const isNan = (json: string, at: number): boolean => at + 1 < json.length && json[at + 1] !== 'u';
