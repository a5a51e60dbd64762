import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { memoryStore } from '../../../eventbus/memory/store.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

/** Timers of a process that hangs from the start: they go off when it is back. */
function hanging(clock: TestClock): { own: Clock; back(): void } {
  const missed: (() => void)[] = [];
  const after = (milliseconds: number, callback: () => void) => clock.after(milliseconds, () => missed.push(callback));
  const own: Clock = { now: () => clock.now(), monotonic: () => clock.monotonic(), sleep: (...call) => clock.sleep(...call), after };
  return { own, back: () => missed.splice(0).forEach((callback) => void callback()) };
}

const never = new AbortController().signal;

test('who hung has lost the lease when somebody else has had it, also if that one is gone again', async () => {
  const clock = new TestClock();
  const store = memoryStore(clock);
  const { tell } = record();
  const process = hanging(clock);
  const lease = await openMemoryBus({ kind: 'memory', store }, { clock: process.own, tell }).lease('sensor', never);
  const other = hanging(clock);
  const taken = openMemoryBus({ kind: 'memory', store }, { clock, tell }).lease('sensor', never);
  await clock.turn(2_000);
  await (await taken).release();
  const third = await openMemoryBus({ kind: 'memory', store }, { clock: other.own, tell }).lease('sensor', never);
  await clock.turn(3_000);

  expect(lease.until).toBeLessThan(clock.monotonic());
  process.back();
  expect([lease.lost.aborted, third.lost.aborted]).toEqual([true, false]);
});

test('who hung still has the lease when nobody else has had it', async () => {
  const clock = new TestClock();
  const process = hanging(clock);
  const lease = await openMemoryBus({ kind: 'memory' }, { clock: process.own, tell: record().tell }).lease('sensor', never);
  await clock.turn(5_000);
  expect(lease.until).toBeLessThan(clock.monotonic());

  process.back();

  expect(lease.lost.aborted).toBe(false);
  expect(lease.until).toBeGreaterThan(clock.monotonic());
});
