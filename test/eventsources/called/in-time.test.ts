import { expect, test } from 'vitest';
import { callsInTime } from '../../../eventsources/called/in-time.ts';
import { TestClock } from '../../support/clock.ts';

function scene() {
  const clock = new TestClock();
  const source = new AbortController();
  const inTime = callsInTime({ clock, signal: source.signal }, () => new Error('late'));
  const began = clock.monotonic();
  /** A call that is never done by itself; resolves with how long it took from the start of the scene, and why it ended. */
  const call = () =>
    inTime((until) => new Promise((_, reject) => until.addEventListener('abort', () => reject(until.reason)))).catch(
      (thrown: Error) => `${thrown.message} at ${clock.monotonic() - began}`,
    );
  return { clock, source, inTime, call };
}

test('no call lasts longer than 10 s, and those that begin together end together', async () => {
  const { clock, call } = scene();
  const calls = [call()];
  await clock.turn(200);
  calls.push(call());
  await clock.turn(100);
  calls.push(call());
  await clock.turn(20_000);

  expect(await Promise.all(calls)).toEqual(['late at 10000', 'late at 10000', 'late at 10300']);
});

test('what is in work when the source stops has 700 ms, and what comes then has none', async () => {
  const { clock, source, inTime, call } = scene();
  const calling = call();
  await clock.turn(1000);
  source.abort();
  expect(await inTime(async (until) => until.aborted)).toBe(true);
  await clock.turn(5000);

  expect(await calling).toBe('late at 1700');
});

test('a source that has stopped leaves no timer behind', async () => {
  const { clock, source, inTime } = scene();
  await inTime(async () => {});
  source.abort();
  expect(clock.waiting).toBe(0);
});

test('nor does one whose last call is answered after that', async () => {
  const { clock, source, inTime } = scene();
  let answer = (): void => {};
  const calling = inTime(() => new Promise<void>((resolve) => (answer = resolve)));
  source.abort();
  answer();
  await calling;
  expect(clock.waiting).toBe(0);
});
