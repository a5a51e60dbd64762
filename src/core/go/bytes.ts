/**
 * Go's strings are bytes, and some functions cut them in the middle of a character (`trunc 3 "aéé"`) or make bytes that are no text
 * (`b64dec`). In our strings such a byte is half a surrogate pair, U+DC80 to U+DCFF, until its neighbours are there again or the text is shown.
 */
const encoder = new TextEncoder();
const halfPairs = /\p{Surrogate}/gu;
const halfPair = /\p{Surrogate}/u;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a text. Of a half pair that stands for no byte, U+FFFD. */
export function bytesOf(text: string): Uint8Array {
  if (!halfPair.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

/** The text of some bytes; what is no UTF-8 stays a byte. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return byCharacters(bytes);
  }
}

function byCharacters(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizeAt(bytes, at);
    parts.push(size === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : decoder.decode(bytes.subarray(at, at + size)));
    at += size || 1;
  }
  return parts.join('');
}

/** How many bytes the character at `at` has; 0 when there is none. */
function sizeAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const size = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (size === 0 || at + size > bytes.length) return 0;
  try {
    decoder.decode(bytes.subarray(at, at + size));
    return size;
  } catch {
    return 0;
  }
}

/** The text as it is shown: bytes that have become characters again are those, all others U+FFFD. */
export function shown(text: string): string {
  return halfPair.test(text) ? textOf(bytesOf(text)).replace(halfPairs, '\ufffd') : text;
}

/** Pieces of valid text between bytes that are none. */
export const validPieces = (text: string): string[] => (halfPair.test(text) ? textOf(bytesOf(text)).split(halfPairs) : [text]);

/** Characters below 0x80 only: each is a byte, and positions in the text are positions in its bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what is meant
export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

export function byteLength(text: string): number {
  return isAscii(text) ? text.length : bytesOf(text).length;
}

/** `text[start:end]` of Go. The positions lie within the text. */
export function byteSlice(text: string, start: number, end: number): string {
  return isAscii(text) ? text.slice(start, end) : textOf(bytesOf(text).subarray(start, end));
}
