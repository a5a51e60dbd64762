import { expect, test } from 'vitest';
import { supervise } from '../../../src/core/lifecycle/supervise.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

test('a part that fails is started again after a wait that grows, and each failure is told', async () => {
  const clock = new TestClock();
  const { tell, of } = record();
  const controller = new AbortController();
  let starts = 0;
  const ended = supervise('a part', async () => void (await Promise.reject(new Error(`failure ${++starts}`))), {
    signal: controller.signal,
    clock,
    tell,
  });

  await clock.turn(60_000);
  controller.abort();
  await ended;

  expect(starts).toBeGreaterThan(6);
  expect(starts).toBeLessThan(15);
  expect(of('workerFailed')).toHaveLength(starts);
  expect(of('workerFailed')[0]).toMatchObject({ part: 'a part', error: { message: 'unexpected: failure 1' } });
});

test('a reason that stays is told once, and counted each time', async () => {
  const clock = new TestClock();
  const { tell, of } = record();
  const controller = new AbortController();
  const ended = supervise('a part', () => Promise.reject(new Error('no place for the bus')), { signal: controller.signal, clock, tell });

  await clock.turn(20_000);
  controller.abort();
  await ended;

  expect(of('workerFailed')).toHaveLength(1);
  expect(of('workerFailedAgain').length).toBeGreaterThan(3);
});

test('a part that ends by itself is not started again', async () => {
  let starts = 0;

  await supervise('a part', async () => void starts++, {
    signal: new AbortController().signal,
    clock: new TestClock(),
    tell: record().tell,
  });

  expect(starts).toBe(1);
});

test('an abort ends the wait at once and is no failure', async () => {
  const { tell, of } = record();
  const controller = new AbortController();
  const ended = supervise(
    'a part',
    (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    { signal: controller.signal, clock: new TestClock(), tell },
  );

  controller.abort();
  await ended;

  expect(of('workerFailed')).toEqual([]);
});
