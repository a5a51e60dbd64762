/**
 * NATS header blocks, written and read without the client's own classes, which cost more than the rest of a message together.
 *
 * Values are percent-encoded as CloudEvents asks for it: see `encodeHeader`.
 */
const first = 'NATS/1.0\r\n';

/** `lines` are "name: value\r\n", one after another. */
export const headerBlock = (lines: string): Uint8Array => Buffer.from(`${first}${lines}\r\n`, 'latin1');

/** Every header of a block in turn: its name in lower case, its value decoded. */
export function eachHeader(block: Uint8Array | undefined, take: (name: string, value: string) => void): void {
  if (!block) return;
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  const ascii = bytes.toString('latin1');
  const text = notAscii.test(ascii) ? bytes.toString('utf8') : ascii;
  for (let at = text.indexOf('\r\n') + 2; ; ) {
    const end = text.indexOf('\r\n', at);
    if (end <= at) return;
    const colon = text.indexOf(':', at);
    if (colon > at && colon < end) {
      const value = text.slice(text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1, end);
      take(text.slice(at, colon).toLowerCase(), value.includes('%') ? decodeHeader(value) : value);
    }
    at = end + 2;
  }
}

/** Others may write what we would encode. */
const notAscii = /[\x80-\xff]/;

/** One header; the name in lower case. */
export function headerOf(block: Uint8Array | undefined, wanted: string): string | undefined {
  let found: string | undefined;
  eachHeader(block, (name, value) => {
    if (name === wanted) found = value;
  });
  return found;
}

/** The status of a message without a body: `NATS/1.0 408 Request Timeout`. 0 when there is none. */
export function statusOf(block: Uint8Array): { code: number; text: string } {
  const line = Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('latin1');
  const match = /^NATS\/1\.0 +(\d+) ?([^\r]*)/.exec(line);
  return match ? { code: Number(match[1]), text: match[2]! } : { code: 0, text: '' };
}

function decodeHeader(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
