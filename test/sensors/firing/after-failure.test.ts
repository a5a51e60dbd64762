import { expect, test } from 'vitest';
import { afterFailure } from '../../../sensors/firing/after-failure.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildTrigger } from '../../support/build-sensor.ts';

const tried = { attempts: 1, atOnce: 0, age: 0 };
const trigger = buildTrigger('a', () => {});
const error = (retry: EngineError['retry']) => new EngineError('REMOTE_KUBE_BUSY', {}, { retry });

test.each([
  ['never', trigger, tried, { kind: 'give up' }],
  ['now', trigger, tried, { kind: 'at once' }],
  ['now', trigger, { ...tried, atOnce: 5 }, { kind: 'later', wait: expect.any(Number) }],
  ['backoff', trigger, tried, { kind: 'later', wait: expect.any(Number) }],
  ['backoff', trigger, { ...tried, age: 3_600_000 }, { kind: 'give up' }],
  ['now', trigger, { ...tried, age: 3_600_000 }, { kind: 'give up' }],
  ['backoff', { ...trigger, atLeastOnce: false }, tried, { kind: 'give up' }],
  ['backoff', { ...trigger, retry: { ...trigger.retry, attempts: 2 } }, { ...tried, attempts: 2 }, { kind: 'give up' }],
  ['backoff', { ...trigger, retry: { ...trigger.retry, attempts: 2 } }, tried, { kind: 'later', wait: expect.any(Number) }],
] as const)('what follows a failure with retry "%s"', (retry, trigger, tried, next) => {
  expect(afterFailure(error(retry), trigger, tried)).toEqual(next);
});

test('a time that the target names goes before the back-off', () => {
  expect(afterFailure(error({ after: 7_000 }), trigger, tried)).toEqual({ kind: 'later', wait: 7_000 });
});

test('waits are whole milliseconds between two thirds of the full wait and all of it', () => {
  for (const attempts of [1, 2, 5, 50]) {
    const full = Math.min(30_000, 200 * 2 ** (attempts - 1));
    for (let time = 0; time < 50; time++) {
      const next = afterFailure(error('backoff'), trigger, { ...tried, attempts });
      const { wait } = next as { wait: number };
      expect(Number.isInteger(wait)).toBe(true);
      expect(wait).toBeGreaterThanOrEqual((full * 2) / 3);
      expect(wait).toBeLessThanOrEqual(full);
    }
  }
});
