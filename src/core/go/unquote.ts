import { textOf } from './bytes.ts';

const simple: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, "'": 39, '"': 34 };

const encoder = new TextEncoder();

/**
 * The text inside a literal of Go, its quotes (`"`, `'` or backquotes) included in `literal`. Undefined where Go has a syntax error:
 * escapes that it does not know, also `\'` between double quotes.
 */
export function unquote(literal: string): string | undefined {
  const mark = literal[0];
  const inner = literal.slice(1, -1);
  if (mark === '`') return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner;
  const parts: (string | number)[] = [];
  for (let at = 0; at < inner.length; ) {
    const slash = inner.indexOf('\\', at);
    if (slash < 0) {
      parts.push(inner.slice(at));
      break;
    }
    parts.push(inner.slice(at, slash));
    const found = escapeAt(inner, slash + 1, mark!);
    if (!found) return undefined;
    parts.push(found.value);
    at = found.end;
  }
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return textOf(Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...encoder.encode(part)]))));
}

/** What an escape stands for: a character, or as a number one byte. `at` is behind the backslash. */
function escapeAt(text: string, at: number, mark: string): { value: string | number; end: number } | undefined {
  const letter = text[at];
  if (letter === undefined) return undefined;
  if ((letter === "'" || letter === '"') && letter !== mark) return undefined;
  const known = simple[letter];
  if (known !== undefined) return { value: String.fromCharCode(known), end: at + 1 };
  if (letter === 'x') {
    const byte = hexAt(text, at + 1, 2);
    return byte === undefined ? undefined : { value: byteOrCharacter(byte, mark), end: at + 3 };
  }
  if (letter === 'u' || letter === 'U') {
    const size = letter === 'u' ? 4 : 8;
    const code = hexAt(text, at + 1, size);
    if (code === undefined || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    return { value: String.fromCodePoint(code), end: at + 1 + size };
  }
  const octal = /^[0-7]{3}/.exec(text.slice(at, at + 3))?.[0];
  if (!octal || Number.parseInt(octal, 8) > 255) return undefined;
  return { value: byteOrCharacter(Number.parseInt(octal, 8), mark), end: at + 3 };
}

/** `\xff` is a byte in a string, and a code point in a character. */
const byteOrCharacter = (code: number, mark: string): string | number => (code < 0x80 || mark === "'" ? String.fromCharCode(code) : code);

function hexAt(text: string, at: number, size: number): number | undefined {
  const digits = text.slice(at, at + size);
  return digits.length === size && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
