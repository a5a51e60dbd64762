import { expect, test } from 'vitest';
import type { EventBus } from '../../eventbus/bus.ts';
import { presence } from '../../sensors/presence.ts';
import { TestClock } from '../support/clock.ts';

function present() {
  const clock = new TestClock();
  const bus = { connected: true };
  const one = presence({ bus: bus as EventBus, clock });
  return { clock, bus, one };
}

test('who is in time and has a bus may act for as long as it likes', async () => {
  const { clock, one } = present();

  await clock.turn(60_000);

  expect(one.lost.aborted).toBe(false);
  expect(one.until).toBeGreaterThan(clock.monotonic());
  one.end();
});

test('a bus that is away for a moment changes nothing; one that is away for longer may give its work to others', async () => {
  const { clock, bus, one } = present();
  bus.connected = false;
  await clock.turn(900);
  bus.connected = true;
  await clock.turn(300);
  bus.connected = false;
  await clock.turn(900);
  expect(one.lost.aborted).toBe(false);

  await clock.turn(700);

  expect(one.until).toBeLessThanOrEqual(clock.monotonic());
  expect(one.lost.aborted).toBe(true);
});

test('a process that hung is told when it comes back, and the clock says so before', () => {
  const timers: (() => void)[] = [];
  let now = 0;
  const after = (_: number, callback: () => void) => {
    timers.push(callback);
    return () => {};
  };
  const clock = { monotonic: () => now, after };
  const one = presence({ bus: { connected: true } as EventBus, clock: clock as unknown as TestClock });

  now = 1_500;

  expect([one.until <= now, one.lost.aborted]).toEqual([true, false]);
  timers.at(-1)!();
  expect(one.lost.aborted).toBe(true);
});
