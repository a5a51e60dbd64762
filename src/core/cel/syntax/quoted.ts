import { refuse } from '../refuse.ts';
import { Bytes, type CelValue } from '../values/value.ts';

export interface Quotes {
  readonly mark: string;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
}

const simple: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  '?': 63,
  '"': 34,
  "'": 39,
  '`': 96,
};

const encoder = new TextEncoder();

/** The text or bytes between quotes; `size` is the length of what opens them. Throws CONFIG_CEL. */
export function quotedAt(text: string, start: number, size: number, { mark, isRaw, isBytes }: Quotes): { value: CelValue; end: number } {
  const parts: (string | number)[] = [];
  let from = start + size;
  let at = from;
  for (;;) {
    const character = text[at];
    if (character === undefined || (mark.length === 1 && /[\n\r]/.test(character))) throw refuse('this text has no closing quote', start);
    if (text.startsWith(mark, at)) break;
    if (character !== '\\' || isRaw) {
      at += 1;
      continue;
    }
    parts.push(text.slice(from, at));
    const found = escapeAt(text, at, isBytes);
    parts.push(found.value);
    at = found.end;
    from = at;
  }
  parts.push(text.slice(from, at));
  const end = at + mark.length;
  if (!isBytes) return { value: parts.join(''), end };
  const bytes = parts.flatMap((part) => (typeof part === 'number' ? [part] : [...encoder.encode(part)]));
  return { value: new Bytes(Uint8Array.from(bytes)), end };
}

/** What an escape stands for: a character, or as a number one byte. `at` is the backslash. */
function escapeAt(text: string, at: number, isBytes: boolean): { value: string | number; end: number } {
  const letter = text[at + 1] ?? '';
  const known = simple[letter];
  if (known !== undefined) return { value: String.fromCharCode(known), end: at + 2 };
  const hex = { x: 2, X: 2, u: 4, U: 8 }[letter];
  const digits = hex === undefined ? text.slice(at + 1, at + 4) : text.slice(at + 2, at + 2 + hex);
  const isWhole = hex === undefined ? /^[0-3][0-7]{2}$/.test(digits) : digits.length === hex && /^[0-9a-fA-F]+$/.test(digits);
  if (!isWhole || (isBytes && /[uU]/.test(letter))) throw refuse(`"\\${letter}" is no escape`, at, "write \\\\ for a backslash, or r'…'");
  const code = Number.parseInt(digits, hex === undefined ? 8 : 16);
  const end = at + (hex === undefined ? 4 : 2 + hex);
  if (isBytes) return { value: code, end };
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw refuse(`there is no character ${digits}`, at);
  return { value: String.fromCodePoint(code), end };
}
