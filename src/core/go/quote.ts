/** Text in quotes as Go's strconv writes it. */

/** What Go calls printable: letters, marks, numbers, punctuation, symbols, and of all spaces the plain one. */
export const isPrint = (character: string): boolean => character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);

/** What both Go and C write with one letter after the backslash; the quotes are not among them. */
export const simpleEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** strconv.Quote. With `ascii`, everything else is escaped too. */
export function quote(text: string, ascii = false): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const character of text) quoted += character === '"' ? '\\"' : escaped(character, ascii);
  return `${quoted}"`;
}

/** strconv.QuoteRune. */
export function quoteRune(code: number, ascii = false): string {
  const valid = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const character = String.fromCodePoint(valid ? code : 0xfffd);
  return `'${character === "'" ? "\\'" : escaped(character, ascii)}'`;
}

function escaped(character: string, ascii: boolean): string {
  const known = simpleEscapes[character];
  if (known) return known;
  const code = character.codePointAt(0)!;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (code < 0x7f ? code >= 0x20 : !ascii && isPrint(character)) return character;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
