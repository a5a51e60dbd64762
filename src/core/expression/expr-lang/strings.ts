import { refuse } from '../refuse.ts';

const simple: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The text that starts with the quote at `start`. Throws CONFIG_EXPRESSION. */
export function readString(text: string, start: number): { value: string; end: number } {
  const quote = text[start]!;
  let value = '';
  for (let at = start + 1; ; ) {
    const next = text[at];
    if (next === undefined || next === '\n') throw refuse('literal not terminated', start);
    if (next === quote) return { value, end: at + 1 };
    if (next === '\\') {
      const escaped = readEscape(text, at, quote);
      value += escaped.value;
      at = escaped.end;
    } else {
      value += next === '\r' ? '\n' : next;
      at += 1;
    }
  }
}

function readEscape(text: string, at: number, quote: string): { value: string; end: number } {
  const letter = text[at + 1] ?? '';
  if (letter === quote) return { value: quote, end: at + 2 };
  if (Object.hasOwn(simple, letter)) return { value: simple[letter]!, end: at + 2 };
  const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4));
  if (octal) return { value: String.fromCharCode(Number.parseInt(octal[0], 8)), end: at + 4 };
  const length = Object.hasOwn(digits, letter) ? digits[letter]! : 0;
  const hex = text.slice(at + 2, at + 2 + length);
  const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === length ? Number.parseInt(hex, 16) : Number.POSITIVE_INFINITY;
  if (code > 0x10ffff) throw refuse('invalid char escape', at, 'to write a backslash, write two');
  return { value: String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code), end: at + 2 + length };
}
