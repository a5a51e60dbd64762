import { afterEach, expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { type Letter, lettersOn } from '../../../src/cli/decisions/letters.ts';
import { replayLetter } from '../../../src/cli/decisions/replay-letter.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
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
  const queue = await bus.queue(name);
  await eventually(async () => {
    for await (const _ of queue.entries()) return false;
    return true;
  });
});
