/**
 * NATS header blocks, written and read without the client's own classes, which cost more than the rest of a message together.
 *
 * Values are percent-encoded as CloudEvents asks for it in headers: printable ASCII stays, but for space, `"` and `%`.
 */
export type Headers = Readonly<Record<string, string>>;

const first = 'NATS/1.0\r\n';

/** `lines` are "name: value\r\n", one after another. */
export const headerBlock = (lines: string): Uint8Array => Buffer.from(`${first}${lines}\r\n`, 'latin1');

/** Names in lower case, values decoded. Of a repeated name the last one counts. */
export function readHeaders(block: Uint8Array | undefined): Headers {
  const headers: Record<string, string> = Object.create(null);
  if (!block) return headers;
  const text = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('utf8');
  let at = text.indexOf('\r\n') + 2;
  for (;;) {
    const end = text.indexOf('\r\n', at);
    if (end <= at) return headers;
    const colon = text.indexOf(':', at);
    if (colon > at && colon < end) {
      const value = text.slice(text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1, end);
      headers[text.slice(at, colon).toLowerCase()] = decodeHeader(value);
    }
    at = end + 2;
  }
}

/** The status of a message without a body: `NATS/1.0 408 Request Timeout`. 0 when there is none. */
export function statusOf(block: Uint8Array): { code: number; text: string } {
  const line = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('latin1');
  const match = /^NATS\/1\.0 +(\d+) ?([^\r]*)/.exec(line);
  return match ? { code: Number(match[1]), text: match[2]! } : { code: 0, text: '' };
}

export function encodeHeader(value: string): string {
  if (!/[^\x21\x23\x24\x26-\x7e]/.test(value)) return value;
  let encoded = '';
  for (const byte of Buffer.from(value, 'utf8')) {
    const stays = byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x25;
    encoded += stays ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function decodeHeader(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
