/** One field of a protobuf message as it stands on the wire: a number for varints, bytes for everything with a length. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

/** Reads the fields of a message in order. Throws RangeError when the bytes are no message. */
export function readFields(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;

  function varint(): bigint {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, result);
    }
    throw new RangeError('a number does not end');
  }

  while (at < bytes.length) {
    const key = Number(varint());
    const kind = key & 7;
    if (kind === 0) fields.push({ number: key >>> 3, value: varint() });
    else if (kind === 2) {
      const length = Number(varint());
      if (length < 0 || at + length > bytes.length) throw new RangeError('a field is longer than the message');
      fields.push({ number: key >>> 3, value: bytes.subarray(at, at + length) });
      at += length;
    } else throw new RangeError(`wire type ${kind} is not used by Kubernetes here`);
  }
  return fields;
}
