import { expect, test } from 'vitest';
import { Pulse } from '../../sensors/pulse.ts';
import type { Clock } from '../../src/core/time/clock.ts';

/** A clock whose timers come as much later as the process is busy. */
function busyClock() {
  let now = 0;
  let waiting: (() => void) | undefined;
  const clock = {
    monotonic: () => now,
    after(_milliseconds: number, callback: () => void) {
      waiting = callback;
      return () => {
        waiting = undefined;
      };
    },
  } as unknown as Clock;
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    const callback = waiting;
    waiting = undefined;
    callback?.();
  };
  return { clock, pass };
}

test('a tick says when it came so late that nobody can be called slow', () => {
  const { clock, pass } = busyClock();
  const ticks: [number, boolean][] = [];
  const pulse = new Pulse(clock, (now, isLate) => ticks.push([now, isLate]) < 4);

  pulse.wake();
  for (const milliseconds of [100, 150, 500, 100]) pass(milliseconds);
  pass(100);

  expect(ticks).toEqual([
    [100, false],
    [250, false],
    [750, true],
    [850, false],
  ]);
});

test('a process that is always late looks at who is slow all the same', () => {
  const { clock, pass } = busyClock();
  const late: boolean[] = [];
  const pulse = new Pulse(clock, (_now, isLate) => late.push(isLate) > 0);

  pulse.wake();
  for (let tick = 0; tick < 11; tick++) pass(1_000);

  expect(late).toEqual([...Array(9).fill(true), false, false]);
  pulse.stop();
});
