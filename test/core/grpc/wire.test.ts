import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthDelimited, readFields } from '../../../src/core/grpc/wire.ts';

test('what is written is read again, whatever it holds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 2 ** 20 }), fc.uint8Array({ minLength: 1, maxLength: 300 })), {
        selector: ([field]) => field,
      }),
      (pairs) => {
        const message = Buffer.concat(pairs.map(([field, value]) => lengthDelimited(field, value)));

        expect([...readFields(message)].map(([field, value]) => [field, [...value]])).toEqual(
          pairs.map(([field, value]) => [field, [...value]]),
        );
      },
    ),
  );
});

test('an example of the documentation is written alike', () => {
  expect(lengthDelimited(2, 'testing').toString('hex')).toBe('120774657374696e67');
  expect(lengthDelimited(1, '').length).toBe(0);
});

test('fields of other kinds are skipped', () => {
  const others = Buffer.from('089601' + '110000000000000000' + '1d00000000', 'hex');

  expect([...readFields(Buffer.concat([others, lengthDelimited(2, 'x')]))]).toEqual([[2, Buffer.from('x')]]);
});

test('noise is read or refused with a RangeError, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      try {
        readFields(noise);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(RangeError);
      }
    }),
  );
});
