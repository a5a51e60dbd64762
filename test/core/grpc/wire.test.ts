import { expect, test } from 'vitest';
import { lengthDelimited, readFields, readFlag } from '../../../src/core/grpc/wire.ts';

test('fields are written as proto3 writes them, empty ones left out', () => {
  const message = Buffer.concat([lengthDelimited(1, 'testing'), lengthDelimited(2, new Uint8Array()), lengthDelimited(16, 'x')]);

  expect(message.toString('hex')).toBe('0a0774657374696e67820101' + '78');
});

test('what was written is read again, also when it is long', () => {
  const long = Buffer.alloc(70_000, 'x');

  expect(readFields(lengthDelimited(1, long)).get(1)).toEqual(long);
});

test('flags are read, and fields of other forms passed over', () => {
  // 1: true, 3: a fixed64, 4: a fixed32, 2: "no"
  const message = Buffer.from('08011900000000000000002500000000' + '12026e6f', 'hex');

  expect(readFields(message)).toEqual(new Map([[2, Buffer.from('no')]]));
  expect([1, 2, 3].map((field) => readFlag(message, field))).toEqual([true, false, false]);
});

test.each(['0a05', '0a', '80', '0b', 'ffffffffffffffffffffff01'])('what is no message is refused: %s', (hex) => {
  expect(() => readFields(Buffer.from(hex, 'hex'))).toThrow(RangeError);
});
