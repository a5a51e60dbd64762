import { bytesOf, isAscii, textOf } from '../../go/bytes.ts';
import { isLower, isSpace, isTitle, isUpper, lowerLetter, titleLetter, upperLetter } from '../../go/case.ts';
import type { Spend } from '../../go/function.ts';

/** Goutils counts bytes where others count characters: a text whose characters are the bytes. */
const asBytes = (text: string): string => (isAscii(text) ? text : Buffer.from(bytesOf(text)).toString('latin1'));
const fromBytes = (bytes: string): string => (isAscii(bytes) ? bytes : textOf(Buffer.from(bytes, 'latin1')));

/** At most `width` bytes, dots instead of what is left out at the end and, from `offset` 5 on, at the start. */
export function abbreviated(text: string, offset: number, width: number): string {
  return fromBytes(shortened(asBytes(text), offset, width));
}

function shortened(bytes: string, offset: number, width: number): string {
  if (bytes.length <= width) return bytes;
  const room = width - 3;
  const start = Math.min(offset, bytes.length, Math.max(bytes.length - room, 0));
  const from = bytes.length - Math.min(offset, bytes.length) < room ? bytes.length - room : start;
  if (from <= 4) return `${bytes.slice(0, room)}...`;
  if (width < 7) return '';
  if (from + room < bytes.length) return `...${shortened(bytes.slice(from), 0, room)}`;
  return `...${bytes.slice(bytes.length - room)}`;
}

/** The first byte of each word; a byte above 0x7f is shown as the character of that number. */
export function initials(text: string): string {
  let result = '';
  let gap = true;
  for (const byte of asBytes(text)) {
    if (isSpace(byte)) gap = true;
    else if (gap) {
      result += byte;
      gap = false;
    }
  }
  return result;
}

/** Without spaces; where one was taken out, bytes above 0x7f become the characters of that number. */
export function withoutSpace(text: string): string {
  const bytes = asBytes(text);
  const kept = [...bytes].filter((byte) => !isSpace(byte)).join('');
  return kept.length === bytes.length ? text : kept;
}

/** The first letter of each word small. */
export function uncapitalized(text: string): string {
  let result = '';
  let start = true;
  for (const one of text) {
    if (isSpace(one)) {
      start = true;
      result += one;
      continue;
    }
    result += start ? lowerLetter(one) : one;
    start = false;
  }
  return result;
}

export function swapCase(text: string): string {
  let result = '';
  let start = true;
  for (const one of text) {
    if (isUpper(one) || isTitle(one)) {
      result += lowerLetter(one);
      start = false;
    } else if (isLower(one)) {
      result += start ? titleLetter(one) : upperLetter(one);
      start = false;
    } else {
      start = isSpace(one);
      result += one;
    }
  }
  return result;
}

/** Lines of at most `width` bytes, broken at spaces; a longer word stands out, or is cut with `cuts`. */
export function wrapped(text: string, width: number, separator: string, cuts: boolean, spend: Spend): string {
  const bytes = asBytes(text);
  const between = asBytes(separator);
  const size = Math.max(width, 1);
  let result = '';
  let at = 0;
  const line = (end: number, next: number): void => {
    spend.steps(1 + (size >> 6));
    spend.bytes(end - at + between.length);
    result += bytes.slice(at, end) + between;
    at = next;
  };
  while (bytes.length - at > size) {
    if (bytes[at] === ' ') {
      at += 1;
      continue;
    }
    const space = bytes.slice(at, at + size + 1).lastIndexOf(' ') + at;
    if (space >= at) line(space, space + 1);
    else if (cuts) line(at + size, at + size);
    else {
      const next = bytes.indexOf(' ', at + size);
      if (next < 0) break;
      line(next, next + 1);
    }
  }
  return fromBytes(result + bytes.slice(at));
}
