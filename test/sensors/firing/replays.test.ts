import { afterEach, expect, test } from 'vitest';
import type { EventBus, QueueEntry } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { type Letter, lettersOn } from '../../../src/cli/decisions/letters.ts';
import { replayLetter } from '../../../src/cli/decisions/replay-letter.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildEvent, buildSensor, buildTrigger, eventIds, noKube } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { record } from '../../support/record.ts';

const stop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const one of stop.splice(0)) await one();
});

function start(sensor: CompiledSensor, bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: record().tell })) {
  const told = record();
  const controller = new AbortController();
  const ended = runSensor(sensor, { bus, kube: noKube, clock: systemClock, tell: told.tell, signal: controller.signal });
  stop.push(async () => {
    controller.abort();
    await ended;
  });
  return { bus, told };
}

const lettersOf = (bus: EventBus): Promise<Letter[]> => lettersOn([bus], { ids: [] }, systemClock.now());
const name = 'sensor/playground/sn';
const never = new Promise<never>(() => {});

async function entriesOn(bus: EventBus): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const entry of (await bus.queue(name)).entries()) entries.push(entry);
  return entries;
}

/** A trigger that fails for good until it is mended. */
function breakable() {
  const state = { broken: true, done: [] as string[] };
  const trigger = buildTrigger('go', (firing) => {
    if (state.broken) throw new EngineError('REMOTE_HTTP', { request: 'POST x', status: 422, text: '' });
    state.done.push(...eventIds(firing));
  });
  return { state, trigger };
}

test('a firing that was given up is tried again on request, once, and its dead letter is gone', async () => {
  const { state, trigger } = breakable();
  const { bus, told } = start(buildSensor([trigger]));
  await bus.publish(buildEvent('e1', { key: 'k' }));
  await told.seen('firingParked');
  const [letter] = await lettersOf(bus);
  state.broken = false;

  await replayLetter(letter!, systemClock.now());
  await bus.nudge(name);

  await told.seen('triggerFired');
  expect(letter).toMatchObject({ trigger: 'go', orderKey: 'k', reason: { code: 'REMOTE_HTTP' } });
  expect(state.done).toEqual(['e1']);
  expect(await lettersOf(bus)).toEqual([]);
  expect(await replayLetter(letter!, systemClock.now())).toBe(false);
});

test('one that fails again is a dead letter again, with its new reason', async () => {
  const { trigger } = breakable();
  const { bus, told } = start(buildSensor([trigger]));
  await bus.publish(buildEvent('e1'));
  await told.seen('firingParked');
  const [letter] = await lettersOf(bus);

  await replayLetter(letter!, systemClock.now());
  await bus.nudge(name);

  await eventually(() => told.of('firingParked').length === 2);
  const again = await lettersOf(bus);
  expect(again.map(({ id }) => id)).toEqual([letter!.id]);
  expect(again[0]!.sequence).not.toBe(letter!.sequence);
});

test('who asks may be interrupted before the letter is removed: the sensor removes it before it tries, and nothing is done twice', async () => {
  const { state, trigger } = breakable();
  const { bus, told } = start(buildSensor([trigger]));
  await bus.publish(buildEvent('e1'));
  await told.seen('firingParked');
  const [letter] = await lettersOf(bus);
  state.broken = false;
  const interrupted = { ...bus, parked: async () => ({ ...(await bus.parked()), remove: () => Promise.reject(new Error('killed')) }) };

  await replayLetter({ ...letter!, bus: interrupted }, systemClock.now()).catch(() => {});
  await bus.nudge(name);

  await told.seen('triggerFired');
  expect(await lettersOf(bus)).toEqual([]);
  expect(state.done).toEqual(['e1']);
});

test('what is put back while no process works the sensor is tried by the next one', async () => {
  const { state, trigger } = breakable();
  const first = start(buildSensor([trigger]));
  await first.bus.publish(buildEvent('e1'));
  await first.told.seen('firingParked');
  await stop.pop()!();
  const [letter] = await lettersOf(first.bus);
  state.broken = false;

  await replayLetter(letter!, systemClock.now());
  const second = start(buildSensor([trigger]), first.bus);

  await second.told.seen('triggerFired');
  expect(state.done).toEqual(['e1']);
});

test('an event that a dependency could not use is taken again by that dependency alone', async () => {
  let broken = true;
  const done: string[] = [];
  const error = new EngineError('EVENT_TRANSFORM_FAILED', { problem: 'no' });
  const picky = buildDependency('picky', 'things', (event) =>
    broken ? { admitted: false, at: 'transform.jq', because: 'no', error } : { admitted: true, event },
  );
  const triggers = ['picky', 'dep'].map((dependency) =>
    buildTrigger(`on-${dependency}`, () => void done.push(dependency), { dependencies: [dependency] }),
  );
  const { bus, told } = start(buildSensor(triggers, [picky, buildDependency('dep')]));
  await bus.publish(buildEvent('e1'));
  await told.seen('triggerFired');
  await eventually(async () => (await lettersOf(bus)).length === 1);
  const [letter] = await lettersOf(bus);
  broken = false;

  await replayLetter(letter!, systemClock.now());
  await bus.nudge(name);

  await told.seen('triggerFired', ({ trigger }) => trigger === 'on-picky');
  expect(letter).toMatchObject({ dependency: 'picky', trigger: undefined });
  expect(done).toEqual(['dep', 'picky']);
  expect(await lettersOf(bus)).toEqual([]);
  await eventually(async () => (await entriesOn(bus)).length === 0);
});

test('an event that is put back into a join is folded in once, though the process ends before its entry of the queue is gone', async () => {
  let broken = true;
  const fired: string[][] = [];
  const error = new EngineError('EVENT_TRANSFORM_FAILED', { problem: 'no' });
  const picky = buildDependency('a', 'one', (event) =>
    broken ? { admitted: false, at: 'transform.jq', because: 'no', error } : { admitted: true, event },
  );
  const both = buildTrigger('both', (firing) => void fired.push(eventIds(firing)), buildJoin({ conditions: 'a && b' }, ['a', 'b']));
  const sensor = buildSensor([both], [picky, buildDependency('b', 'two')]);
  const first = start(sensor);
  await first.bus.publish(buildEvent('a1', { subject: 'one' }));
  await first.bus.publish(buildEvent('b1', { subject: 'two' }));
  await eventually(async () => (await lettersOf(first.bus)).length === 1);
  await stop.pop()!();
  const [letter] = await lettersOf(first.bus);
  broken = false;
  await replayLetter(letter!, systemClock.now());

  // It takes the event, which fires the join, and can no longer say so.
  const second = start(sensor, { ...first.bus, queue: async (queue) => ({ ...(await first.bus.queue(queue)), remove: () => never }) });
  await second.told.seen('triggerFired');
  await stop.pop()!();
  const third = start(sensor, first.bus);
  await eventually(async () => (await entriesOn(first.bus)).length === 0);
  await first.bus.publish(buildEvent('b2', { subject: 'two' }));
  await third.told.seen('eventHeld', ({ event }) => event === 'b2');
  await first.bus.publish(buildEvent('a2', { subject: 'one' }));
  await third.told.seen('triggerFired');

  expect(fired).toEqual([
    ['a1', 'b1'],
    ['a2', 'b2'],
  ]);
});
