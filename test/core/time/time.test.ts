import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitAfter } from '../../../src/core/time/backoff.ts';
import { parseDuration, showDuration } from '../../../src/core/time/duration.ts';
import { TestClock } from '../../support/clock.ts';

test('durations are Go durations', () => {
  expect(['300ms', '1h30m', '1.5h', '2us', '0', '-1s', '1m0.5s'].map(parseDuration)).toEqual([
    300, 5_400_000, 5_400_000, 0.002, 0, -1000, 60_500,
  ]);
  expect(['', '1', '1d', 's', '1 s', '5 minutes'].map(parseDuration)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('durations are shown with the digits that matter', () => {
  expect([0.42, 12.3, 999, 4210, 180_000].map(showDuration)).toEqual(['0.4 ms', '12 ms', '999 ms', '4.2 s', '3 min']);
});

test('a back-off stays between two thirds of the full wait and its ceiling, and never shrinks on average', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const policy = { first: 200, ceiling: 30_000 };
      const wait = waitAfter(attempt, policy, () => random);
      const full = Math.min(30_000, 200 * 2 ** (attempt - 1));
      expect(wait).toBeGreaterThanOrEqual((full * 2) / 3 - 1e-6);
      expect(wait).toBeLessThanOrEqual(full);
      expect(waitAfter(attempt + 1, policy, () => random)).toBeGreaterThanOrEqual(wait);
    }),
  );
});

test('the test clock wakes sleepers in order, and not before their time', async () => {
  const clock = new TestClock();
  const woken: string[] = [];
  void clock.sleep(20).then(() => woken.push('late'));
  void clock.sleep(10).then(() => woken.push('early'));

  await clock.turn(9);
  expect(woken).toEqual([]);
  await clock.turn(11);
  expect(woken).toEqual(['early', 'late']);
});
