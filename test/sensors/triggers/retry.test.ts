import { expect, test } from 'vitest';
import { compileRetry } from '../../../sensors/triggers/retry.ts';
import { waitAfter } from '../../../src/core/time/backoff.ts';
import { findingTexts } from '../../support/compile-sensor.ts';

test('without a word from the author it is tried for an hour, with waits that double', () => {
  expect(compileRetry(undefined, []).value).toEqual({
    backoff: { first: 200, ceiling: 30_000 },
    attempts: undefined,
    giveUpAfter: 3_600_000,
  });
});

test('an empty strategy has Argo’s five attempts, a second apart or more', () => {
  const { backoff, attempts, giveUpAfter } = compileRetry({}, []).value;

  expect({ attempts, giveUpAfter }).toEqual({ attempts: 5, giveUpAfter: Number.POSITIVE_INFINITY });
  expect([waitAfter(1, backoff, () => 0), waitAfter(4, backoff, () => 0), waitAfter(4, backoff, () => 1)]).toEqual([1000, 1000, 2000]);
});

test('waits grow by the factor and get a part added at random', () => {
  const { backoff } = compileRetry({ duration: '2s', factor: 2, jitter: 0.5, steps: 4 }, []).value;

  expect([1, 2, 3].map((attempt) => waitAfter(attempt, backoff, () => 0))).toEqual([2000, 4000, 8000]);
  expect([1, 2, 3].map((attempt) => waitAfter(attempt, backoff, () => 1))).toEqual([3000, 6000, 12_000]);
});

test('with a factor of 0 they do not grow', () => {
  const { backoff } = compileRetry({ duration: '2s', factor: 0, jitter: 0 }, []).value;

  expect([1, 2, 3].map((attempt) => waitAfter(attempt, backoff))).toEqual([2000, 2000, 2000]);
});

test('a number is nanoseconds', () => {
  expect(compileRetry({ duration: 1_500_000_000 }, []).value.backoff.first).toBe(1500);
});

test('no steps at all are five', () => {
  expect([0, -3, 2].map((steps) => compileRetry({ steps }, []).value.attempts)).toEqual([5, 5, 2]);
});

test('where a dlqTrigger stands by, there is one attempt unless the author says otherwise', () => {
  expect(compileRetry(undefined, [], true).value.attempts).toBe(1);
  expect(compileRetry({ steps: 3 }, [], true).value.attempts).toBe(3);
});

test('what is no duration is refused, and so are negative amounts', () => {
  const refused = (spec: Parameters<typeof compileRetry>[0]) => findingTexts(compileRetry(spec, ['r']).findings);

  expect(refused({ duration: '10 seconds', factor: -2, jitter: -1 })).toEqual([
    'error r.factor: factor must be 0 or more, not -2',
    'error r.jitter: jitter must be 0 or more, not -1',
    'error r.duration: duration must be a text such as "10s", or nanoseconds, not "10 seconds"',
  ]);
  expect(refused({ duration: '10' })).toEqual(['error r.duration: duration must be a text such as "10s", or nanoseconds, not "10"']);
  expect(refused({ duration: '-1s' })).toEqual(['error r.duration: duration must be a text such as "10s", or nanoseconds, not "-1s"']);
});
