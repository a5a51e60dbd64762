/** The few words of DER (X.690) that a certificate is written in. Each function answers one encoded value. */

function value(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length: number[] = [];
  for (let rest = body.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length, ...length]), body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => value(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => value(0x31, ...parts);
export const octets = (...parts: readonly Uint8Array[]): Buffer => value(0x04, ...parts);
export const text = (words: string): Buffer => value(0x0c, Buffer.from(words));
export const yes = (): Buffer => value(0x01, Buffer.from([0xff]));

/** A context-specific value that wraps another one. */
export const tagged = (number: number, ...parts: readonly Uint8Array[]): Buffer => value(0xa0 | number, ...parts);
/** A context-specific value that stands for a string of bytes. */
export const taggedBytes = (number: number, bytes: Uint8Array): Buffer => value(0x80 | number, bytes);

/** A whole number that is not negative, from its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  return value(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** Bits whose count is `8 * bytes.length - unused`. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer => value(0x03, Buffer.from([unused]), bytes);

/** An object identifier such as `2.5.29.17`. */
export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first! * 40 + second!];
  for (const part of rest) {
    const septets = [part & 0x7f];
    for (let more = part >>> 7; more > 0; more >>>= 7) septets.unshift(0x80 | (more & 0x7f));
    bytes.push(...septets);
  }
  return value(0x06, Buffer.from(bytes));
}

/** A moment in the form that certificates use until 2049. */
export function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return value(0x17, Buffer.from(`${digits}Z`));
}
