import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SequenceSet } from '../../../sensors/deliveries/sequence-set.ts';

test('it has what was added, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000)), fc.nat(5_000), (added, asked) => {
      const set = new SequenceSet();
      for (const sequence of added) set.add(sequence);

      for (const sequence of added) expect(set.has(sequence)).toBe(true);
      expect(set.has(asked)).toBe(added.includes(asked));
    }),
  );
});

test('it forgets the oldest after about a million', () => {
  const set = new SequenceSet();
  for (let sequence = 1; sequence <= 1_200_000; sequence++) set.add(sequence);

  expect(set.has(1)).toBe(false);
  expect(set.has(400_000)).toBe(true);
  expect(set.has(1_200_000)).toBe(true);
});
