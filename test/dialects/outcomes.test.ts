import { expect, test } from 'vitest';
import { Outcomes } from '../../src/dialects/outcomes.ts';
import { TestClock } from '../support/clock.ts';

const never = new AbortController().signal;
const done = (trigger: string) => ({ trigger, outcome: 'done', message: 'created it' }) as const;

test('who waits is told when all triggers have told', async () => {
  const outcomes = new Outcomes(new TestClock());
  const waits = [outcomes.expect('e', 10_000, never), outcomes.expect('e', 10_000, never)];

  outcomes.concerns('e', ['a', 'b']);
  outcomes.tell('other', done('a'));
  outcomes.tell('e', done('a'));
  outcomes.tell('e', done('b'));

  expect(await Promise.all(waits)).toEqual([{ triggers: [done('a'), done('b')] }, { triggers: [done('a'), done('b')] }]);
  expect(outcomes.isAwaited('e')).toBe(false);
});

test('an event that concerns no trigger is waited for no longer', async () => {
  const outcomes = new Outcomes(new TestClock());
  const wait = outcomes.expect('e', 10_000, never);

  outcomes.concerns('e', []);

  expect(await wait).toEqual({ triggers: [] });
});

test('who has waited long enough is told what is known', async () => {
  const clock = new TestClock();
  const outcomes = new Outcomes(clock);
  const wait = outcomes.expect('e', 10_000, never);
  outcomes.concerns('e', ['a', 'b']);
  outcomes.tell('e', { trigger: 'a', outcome: 'failed', message: 'it is away' });
  outcomes.tell('e', done('a'));

  await clock.turn(10_000);

  expect(await wait).toEqual({ triggers: [done('a')], pending: true });
});

test('a stop ends the wait', async () => {
  const stop = new AbortController();
  const wait = new Outcomes(new TestClock()).expect('e', 10_000, stop.signal);

  stop.abort();

  expect(await wait).toEqual({ triggers: [], pending: true });
});
