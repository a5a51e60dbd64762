import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './workplace.ts';

const busy = () => new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'on purpose' });

test('firings with one key run one at a time in stream order, and different keys side by side', async () => {
  await using place = workplace();
  const log: string[] = [];
  const trigger = buildTrigger('a', async (firing) => {
    log.push(`+${eventIds(firing)}`);
    await place.clock.sleep(100);
    log.push(`-${eventIds(firing)}`);
  });
  place.run(buildSensor([trigger]));

  await place.publish('x1', { key: 'x' });
  await place.publish('x2', { key: 'x' });
  await place.publish('y1', { key: 'y' });
  await place.clock.turn(500);

  expect(log).toEqual(['+x1', '+y1', '-x1', '+x2', '-y1', '-x2']);
  expect(place.told.of('firingQueued')).toEqual([]);
});

test('a long line behind a slow firing, of firings that are each done at once, is worked in order', async () => {
  await using place = workplace();
  const log: string[] = [];
  const trigger = buildTrigger('a', (firing) => {
    log.push(...eventIds(firing));
    if (log.length === 1) return place.clock.sleep(100);
  });
  place.run(buildSensor([trigger]));

  const ids = Array.from({ length: 1_000 }, (_, index) => `x${index}`);
  for (const id of ids) await place.publish(id, { key: 'x' });
  await place.clock.turn(500);

  expect(log).toEqual(ids);
  expect(place.unacknowledged()).toBe(0);
});

test('those behind a firing that failed line up in the queue, their events acknowledged, and follow it in order', async () => {
  await using place = workplace();
  let refuse = true;
  const done: string[] = [];
  const trigger = buildTrigger('a', (firing) => {
    const [id] = eventIds(firing) as [string];
    if (refuse && id === 'add') throw busy();
    done.push(id);
  });
  place.run(buildSensor([trigger]));

  await place.publish('add', { key: 'svc' });
  await place.clock.turn(10);
  await place.publish('update', { key: 'svc' });
  await place.publish('delete', { key: 'svc' });
  await place.publish('other', { key: 'other' });
  await place.clock.turn(3_000);
  expect(done).toEqual(['other']);
  expect((await place.waiting()).length).toBe(3);
  expect(place.unacknowledged()).toBe(0);
  refuse = false;
  await place.clock.turn(10_000);

  expect(done).toEqual(['other', 'add', 'update', 'delete']);
});

test('a parked firing frees its key', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', (firing) => {
    if (eventIds(firing)[0] === 'bad') throw new EngineError('EVENT_PARAMETER', { problem: 'no' });
  });
  place.run(buildSensor([trigger]));

  await place.publish('bad', { key: 'svc' });
  await place.publish('good', { key: 'svc' });
  await place.clock.turn(10);

  expect(place.told.of('firingParked').map(({ event }) => event)).toEqual(['bad']);
  expect(place.told.of('triggerFired').map(({ event }) => event)).toEqual(['good']);
});

test('the order survives a restart: what waits in the queue goes first', async () => {
  await using place = workplace();
  let refuse = true;
  const done: string[] = [];
  const trigger = buildTrigger('a', (firing) => {
    if (refuse) throw busy();
    done.push(...eventIds(firing));
  });
  const first = place.run(buildSensor([trigger]));
  for (const id of ['e1', 'e2', 'e3']) await place.publish(id, { key: 'svc' });
  await place.clock.turn(1_000);
  await first.stop();
  refuse = false;
  await place.publish('e4', { key: 'svc' });

  place.run(buildSensor([trigger]));
  await place.clock.turn(1_000);

  expect(done).toEqual(['e1', 'e2', 'e3', 'e4']);
  expect(await place.waiting()).toEqual([]);
});

test('events without a key are not ordered: one that fails holds up none', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', (firing) => {
    if (eventIds(firing)[0] === 'e1') throw busy();
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.publish('e2');
  await place.clock.turn(10);

  expect(place.told.of('triggerFired').map(({ event }) => event)).toEqual(['e2']);
});
