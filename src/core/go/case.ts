/**
 * Letters one by one, as Go's package unicode turns them: a letter that JavaScript makes two of (ß, ŉ) stays as it is, and a sigma at the
 * end of a word is like any other. A byte that is no text becomes U+FFFD.
 */
const isAsciiText = (text: string): boolean => !/[^ -~\t-\r]/.test(text);

export const toUpper = (text: string): string => (isAsciiText(text) ? text.toUpperCase() : mapped(text, upperLetter));
export const toLower = (text: string): string => (isAsciiText(text) ? text.toLowerCase() : mapped(text, lowerLetter));

function mapped(text: string, letter: (one: string) => string): string {
  let result = '';
  for (const one of text) result += /^[\ud800-\udfff]$/.test(one) ? '\ufffd' : letter(one);
  return result;
}

const single = (turned: string, one: string): string => (turned.length > 1 && [...turned].length > 1 ? one : turned);

export const upperLetter = (one: string): string => single(one.toUpperCase(), one);

export const lowerLetter = (one: string): string => (one === 'İ' ? 'i' : single(one.toLowerCase(), one));

/** Two letters that are one sign, and the form with only the first of them large. */
const digraphs: Readonly<Record<string, string>> = {
  Ǆ: 'ǅ',
  ǅ: 'ǅ',
  ǆ: 'ǅ',
  Ǉ: 'ǈ',
  ǈ: 'ǈ',
  ǉ: 'ǈ',
  Ǌ: 'ǋ',
  ǋ: 'ǋ',
  ǌ: 'ǋ',
  Ǳ: 'ǲ',
  ǲ: 'ǲ',
  ǳ: 'ǲ',
};

export const titleLetter = (one: string): string => digraphs[one] ?? (/^[ა-ჿ]$/.test(one) ? one : upperLetter(one));

export const isUpper = (one: string): boolean => /^\p{Lu}$/u.test(one);
export const isLower = (one: string): boolean => /^\p{Ll}$/u.test(one);
export const isTitle = (one: string): boolean => /^\p{Lt}$/u.test(one);

/** What Go calls a space. */
const spaces = '\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const space = new RegExp(`^[${spaces}]$`);
export const isSpace = (one: string): boolean => space.test(one);

const leading = new RegExp(`^[${spaces}]+`);

/** strings.TrimSpace. */
export function trimSpace(text: string): string {
  const front = text.replace(leading, '');
  let end = front.length;
  while (end > 0 && isSpace(front[end - 1]!)) end -= 1;
  return front.slice(0, end);
}

/** strings.Title: the first letter of each word. */
export function title(text: string): string {
  let result = '';
  let before = ' ';
  for (const one of text) {
    result += isSeparator(before) ? titleLetter(one) : one;
    before = one;
  }
  return result;
}

function isSeparator(one: string): boolean {
  if (/^[ -~\t-\r]$/.test(one)) return !/\w/.test(one);
  return !/^[\p{L}\p{Nd}]$/u.test(one) && isSpace(one);
}
