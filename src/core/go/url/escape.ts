import { bytesOf, textOf } from '../bytes.ts';

/** Escapes every byte whose character is not in `plain`, which holds ASCII only. */
function escapeAll(text: string, plain: RegExp): string {
  if (plain.test(text)) return text;
  let escaped = '';
  for (const byte of bytesOf(text)) {
    const character = String.fromCharCode(byte);
    escaped += byte < 0x80 && plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

/** url.QueryEscape: a space is `+`. */
export const queryEscape = (text: string): string => escapeAll(text, /^[A-Za-z0-9\-_.~ ]*$/).replaceAll(' ', '+');

/** As net/url writes a path, a fragment, and a name or password. */
export const pathEscape = (text: string): string => escapeAll(text, /^[A-Za-z0-9\-_.~$&+,/:;=@]*$/);
export const fragmentEscape = (text: string): string => escapeAll(text, /^[A-Za-z0-9\-_.~$&+,/:;=?@!()*]*$/);
export const userEscape = (text: string): string => escapeAll(text, /^[A-Za-z0-9\-_.~$&+,;=]*$/);

/** Resolves `%41`; undefined where `%` has no two digits behind it. */
export function percentDecoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const bytes = bytesOf(text);
  const resolved: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x25) resolved.push(Number.parseInt(String.fromCharCode(bytes[++at]!, bytes[++at]!), 16));
    else resolved.push(bytes[at]!);
  }
  return textOf(Uint8Array.from(resolved));
}
