import { expect, test } from 'vitest';
import { atMost, inTime } from '../../../src/core/time/deadline.ts';
import { TestClock } from '../../support/clock.ts';

const never = new Promise<never>(() => {});
const around = (clock: TestClock, signal = new AbortController().signal) => ({
  within: 1000,
  clock,
  signal,
  late: () => new Error('too late'),
});

test('work that ends in time is answered as it ends', async () => {
  const clock = new TestClock();

  expect(await inTime(Promise.resolve('done'), around(clock))).toBe('done');
  await expect(inTime(Promise.reject(new Error('broken')), around(clock))).rejects.toThrow('broken');
});

test('work that takes too long is given up', async () => {
  const clock = new TestClock();
  const work = expect(inTime(never, around(clock))).rejects.toThrow('too late');

  await clock.turn(1000);

  await work;
});

test('the signal ends the wait, also one that was aborted before', async () => {
  const stop = new AbortController();
  const work = expect(inTime(never, around(new TestClock(), stop.signal))).rejects.toThrow('too late');

  stop.abort();

  await work;
  await expect(inTime(never, around(new TestClock(), stop.signal))).rejects.toThrow('too late');
});

test('nobody waits longer than so long, and no timer is left when the work ends before', async () => {
  const clock = new TestClock();
  await atMost(1000, clock, Promise.resolve('done'));
  await expect(atMost(1000, clock, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(clock.waiting).toBe(0);

  const waited = atMost(1000, clock, never);
  await clock.turn(1000);

  await waited;
});
