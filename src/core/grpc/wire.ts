/**
 * The part of Protocol Buffers that Argo's two small gRPC contracts need: messages whose fields are texts, bytes, flags and maps of
 * texts. https://protobuf.dev/programming-guides/encoding
 */

/** A field that is text, bytes, or a message that was encoded before. Empty ones are left out, as proto3 wants. */
export function lengthDelimited(field: number, value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  return bytes.length === 0 ? Buffer.alloc(0) : Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** The last value of each field that has text, bytes or a message; other fields are skipped. Throws a RangeError for what is no message. */
export function readFields(message: Uint8Array): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (const [field, value] of fieldsOf(message)) if (typeof value !== 'number') fields.set(field, value);
  return fields;
}

/** Whether a flag is set. Throws a RangeError for what is no message. */
export function readFlag(message: Uint8Array, flag: number): boolean {
  let isSet = false;
  for (const [field, value] of fieldsOf(message)) if (field === flag && typeof value === 'number') isSet = value !== 0;
  return isSet;
}

function* fieldsOf(message: Uint8Array): Generator<[field: number, value: Buffer | number]> {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a message of Protocol Buffers ends in the middle');
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError('a message of Protocol Buffers ends in the middle');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = number();
    const kind = tag % 8;
    const field = Math.floor(tag / 8);
    if (kind === 0) yield [field, number()];
    else if (kind === 2) yield [field, take(number())];
    else if (kind === 1) take(8);
    else if (kind === 5) take(4);
    else throw new RangeError(`a message of Protocol Buffers has a field of kind ${kind}`);
  }
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
