import { expect, test } from 'vitest';
import type { Decision, Fate } from '../../../sensors/decisions/decision.ts';
import type { SensorStatus } from '../../../sensors/decisions/status.ts';
import { story } from '../../../src/cli/decisions/story.ts';

const at = Date.parse('2026-07-18T12:00:00Z');
const status: SensorStatus = {
  kind: 'Sensor',
  namespace: 'shop',
  name: 'sn',
  startedAt: at - 1_000,
  seenAt: at,
  dependencies: [{ name: 'dep', source: 'es', subject: 'things' }],
  triggers: [{ name: 'go', waitsFor: ['dep'], condition: 'dep' }],
  events: 1,
};

async function told(more: Partial<Decision>): Promise<string[]> {
  const event = { id: 'e1', source: 'es', subject: 'things', type: 'test', time: '2026-07-18T12:00:00Z' };
  const decision: Decision = { event, at, dependencies: [{ dependency: 'dep', admitted: true }], triggers: [], ...more };
  const [first, ...rest] = await story(decision, status, { now: at + 2_000, rule: undefined, verbose: false });
  expect(first).toBe('event e1 of es/things  12:00:00, 2.0 s ago');
  return rest;
}

const fate = (more: Partial<Fate>): { triggers: Fate[] } => ({
  triggers: [{ trigger: 'go', kind: 'firing', firing: 'f1', attempts: [], ...more }],
});
const busy = { code: 'REMOTE_HTTP', message: 'the answer was 503', hint: 'look there' };

test('an event that was refused, and what to try', async () => {
  expect(
    await told({
      dependencies: [{ dependency: 'dep', admitted: false, at: 'filters.data[0]', because: 'a is 1, wanted 2', hint: 'did you mean b?' }],
    }),
  ).toEqual(['  dependency dep  refused: filters.data[0]: a is 1, wanted 2', '    try: did you mean b?']);
});

test('an event that cannot be used is parked', async () => {
  const error = { code: 'EVENT_NOT_JSON', message: 'the event is not JSON' };

  expect(await told({ dependencies: [{ dependency: 'dep', admitted: false, error }] })).toEqual([
    '  dependency dep  cannot be used: the event is not JSON  EVENT_NOT_JSON',
    '    it is parked: sensorium dead-letters list --event e1',
  ]);
});

test('a trigger that was not tried yet', async () => {
  expect((await told({})).at(-1)).toBe('  trigger go  waits for its turn: it was not tried yet');
});

test('a trigger of which nothing is kept does not look as if it were still to be tried', async () => {
  expect((await told({ triggersLeftOut: true })).at(-1)).toBe('  nothing is kept of trigger go: too much came at once');
});

test('an event that more dependencies refused than are kept', async () => {
  const dependencies = [{ dependency: 'dep', admitted: false, at: 'filters', because: 'no' }];

  expect((await told({ dependencies, refusalsLeftOut: true })).at(-1)).toBe(
    '  refused by other dependencies too: of so many, not all are kept',
  );
});

test('a trigger that waits for others, was forgotten, or is alone', async () => {
  expect((await told(fate({ kind: 'waits', missing: ['b'], key: 'k' }))).at(-1)).toBe('  trigger go  waits for b (key "k")');
  expect((await told(fate({ kind: 'forgotten', because: 'expired', missing: ['b'] }))).at(-1)).toBe(
    '  trigger go  forgotten: its time was over while it waited for b',
  );
  expect((await told(fate({ kind: 'alone', because: 'join.key gives nothing' }))).at(-1)).toBe(
    '  trigger go  can meet no other event: join.key gives nothing',
  );
});

test('attempts that ended alike are one line', async () => {
  const attempts = [
    { at: at + 100, error: busy },
    { at: at + 500, error: busy },
    { at: at + 1_000, took: 20, answer: 'POST x: 200' },
  ];

  expect((await told(fate({ kind: 'fired', summary: 'POST x', attempts }))).slice(1)).toEqual([
    '  trigger go  fired: POST x: 200  1.0 s after it was taken',
    '    failed 2 times: the answer was 503  REMOTE_HTTP  the last 12:00:00, 1.5 s ago',
    '    done: POST x: 200  12:00:01, 1.0 s ago, took 20 ms',
  ]);
});

test('a firing that is tried again, was handed over, or was given up', async () => {
  const attempts = [{ at: at + 100, error: busy }];

  expect((await told(fate({ attempts }))).slice(1)).toEqual([
    '  trigger go  is tried again: the answer was 503  REMOTE_HTTP',
    '    try: look there',
  ]);
  expect((await told(fate({ kind: 'handed over', because: 'dlq', attempts })))[1]).toBe(
    '  trigger go  given up and handed to trigger dlq: the answer was 503  REMOTE_HTTP',
  );
  expect((await told(fate({ kind: 'parked', attempts }))).slice(1)).toEqual([
    '  trigger go  given up: the answer was 503  REMOTE_HTTP',
    '    try: look there',
    '    it is parked: sensorium dead-letters show f1',
  ]);
});
