import { expect, test } from 'vitest';
import { partitionOf } from '../../../src/core/kafka/partition.ts';

test('a key has the partition that its FNV-1a hash as a signed number gives, without the sign', () => {
  // The published hashes: "" is 811c9dc5, "a" is e40c292c, "foobar" is bf9cf968; all of them negative as 32 bits.
  expect(['', 'a', 'foobar'].map((key) => partitionOf(Buffer.from(key), 1000))).toEqual([
    (0x100000000 - 0x811c9dc5) % 1000,
    (0x100000000 - 0xe40c292c) % 1000,
    (0x100000000 - 0xbf9cf968) % 1000,
  ]);
});
