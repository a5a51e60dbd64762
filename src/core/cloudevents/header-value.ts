/** A value as CloudEvents asks for it in headers: printable ASCII stays, but for space, `"` and `%`; all else is percent-encoded UTF-8. */
export function encodeHeader(value: string): string {
  if (!/[^\x21\x23\x24\x26-\x7e]/.test(value)) return value;
  let encoded = '';
  for (const byte of Buffer.from(value, 'utf8')) {
    const stays = byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x25;
    encoded += stays ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
