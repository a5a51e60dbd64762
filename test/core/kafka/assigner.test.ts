import { expect, test } from 'vitest';
import { byRange, byTurns } from '../../../src/core/kafka/assigner.ts';

test('partitions are shared out in runs, or in turn', () => {
  expect(byRange([0, 1, 2, 3, 4], 2)).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(byTurns([0, 1, 2, 3, 4], 2)).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
});

test.each([1, 2, 3, 7])('each partition has one member, of %i', (members) => {
  const partitions = Array.from({ length: 5 }, (_, at) => at);

  for (const share of [byRange, byTurns]) expect(share(partitions, members).flat().toSorted()).toEqual(partitions);
});
