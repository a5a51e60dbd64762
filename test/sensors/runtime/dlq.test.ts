import { expect, test } from 'vitest';
import type { CompiledTrigger } from '../../../sensors/compiled.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './workplace.ts';

const busy = () => new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'busy' });
const once = { retry: { backoff: { first: 200, ceiling: 200 }, attempts: 1, giveUpAfter: 3_600_000 } };

/** A trigger "ship" that fails, with a dlqTrigger behind it. */
function shipping(dlq: CompiledTrigger, rest: Parameters<typeof buildTrigger>[2] = once) {
  return buildTrigger(
    'ship',
    () => {
      throw busy();
    },
    { ...rest, dlq },
  );
}

test('what is given up goes to the dlqTrigger, with the same events and under another id, and is not parked', async () => {
  await using place = workplace();
  const got: { ids: string[]; id: string; trigger: string }[] = [];
  const dlq = buildTrigger('ship/failed', (firing) => {
    got.push({ ids: eventIds(firing), id: firing.id, trigger: firing.trigger });
  });
  place.run(buildSensor([shipping(dlq)]));

  await place.publish('e1');
  await place.clock.turn(1_000);

  expect(got).toEqual([{ ids: ['e1'], id: expect.stringMatching(/^[0-9a-f]{32}$/), trigger: 'ship/failed' }]);
  const [handed] = place.told.of('firingHandedOver');
  expect(handed).toMatchObject({ sensor: 'sn', trigger: 'ship', event: 'e1', attempt: 1, to: 'ship/failed' });
  expect(handed!['firing']).not.toBe(got[0]!.id);
  expect(place.told.of('triggerFired').map(({ trigger, event }) => [trigger, event])).toEqual([['ship/failed', 'e1']]);
  expect(await place.parked()).toEqual([]);
  expect(await place.waiting()).toEqual([]);
  expect(place.unacknowledged()).toBe(0);
});

test('it comes after all attempts of the retryStrategy', async () => {
  await using place = workplace();
  let attempts = 0;
  const order: string[] = [];
  const trigger = buildTrigger(
    'ship',
    () => {
      attempts += 1;
      order.push(`ship ${attempts}`);
      throw busy();
    },
    {
      retry: { backoff: { first: 1_000, ceiling: 1_000 }, attempts: 3, giveUpAfter: 3_600_000 },
      dlq: buildTrigger('ship/failed', () => void order.push('failed')),
    },
  );
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10_000);

  expect(order).toEqual(['ship 1', 'ship 2', 'ship 3', 'failed']);
});

test('a dlqTrigger that fails too is tried by its own rules, and then parked', async () => {
  await using place = workplace();
  let attempts = 0;
  const dlq = buildTrigger(
    'ship/failed',
    () => {
      attempts += 1;
      throw busy();
    },
    { retry: { backoff: { first: 100, ceiling: 100 }, attempts: 4, giveUpAfter: 3_600_000 } },
  );
  place.run(buildSensor([shipping(dlq)]));

  await place.publish('e1', { data: { name: 'web' } });
  await place.clock.turn(5_000);

  expect(attempts).toBe(4);
  expect((await place.parked()).map(({ trigger, attempts: tried, events }) => ({ trigger, tried, data: events.dep.data }))).toEqual([
    { trigger: 'ship/failed', tried: 4, data: '{"name":"web"}' },
  ]);
});

test('a dlqTrigger of a dlqTrigger runs too', async () => {
  await using place = workplace();
  const got: string[] = [];
  const last = buildTrigger('ship/failed/last', (firing) => {
    got.push(...eventIds(firing));
  });
  const dlq = buildTrigger(
    'ship/failed',
    () => {
      throw busy();
    },
    { ...once, dlq: last },
  );
  place.run(buildSensor([shipping(dlq)]));

  await place.publish('e1');
  await place.clock.turn(5_000);

  expect(got).toEqual(['e1']);
  expect(place.told.of('firingHandedOver').map(({ trigger, to }) => [trigger, to])).toEqual([
    ['ship', 'ship/failed'],
    ['ship/failed', 'ship/failed/last'],
  ]);
  expect(await place.parked()).toEqual([]);
});

test('a dlqTrigger whose target hangs holds nobody up', async () => {
  await using place = workplace();
  const dlq = buildTrigger('ship/failed', () => new Promise(() => {}));
  const done: string[] = [];
  const neighbour = buildTrigger('free', (firing) => void done.push(...eventIds(firing)));
  place.run(buildSensor([shipping(dlq), neighbour]));

  const ids = Array.from({ length: 200 }, (_, index) => `e${index}`);
  for (const id of ids) await place.publish(id, { key: 'one' });
  await place.clock.turn(3_000);

  expect(done).toEqual(ids);
  expect(place.unacknowledged()).toBe(0);
});

test('with one order key the dlqTrigger gets events in their order', async () => {
  await using place = workplace();
  const got: string[] = [];
  const dlq = buildTrigger('ship/failed', (firing) => void got.push(...eventIds(firing)), { spacing: 300 });
  place.run(buildSensor([shipping(dlq)]));

  for (let index = 0; index < 10; index++) await place.publish(`e${index}`, { key: 'one' });
  await place.clock.turn(10_000);

  expect(got).toEqual(Array.from({ length: 10 }, (_, index) => `e${index}`));
});

test('what a predecessor had handed over is done by its successor', async () => {
  await using place = workplace();
  const stuck = place.run(buildSensor([shipping(buildTrigger('ship/failed', () => new Promise(() => {})))]), { drainFor: 0 });
  await place.publish('e1');
  await place.clock.turn(2_000);
  await stuck.stop();
  const got: string[] = [];
  place.run(buildSensor([shipping(buildTrigger('ship/failed', (firing) => void got.push(...eventIds(firing))))]));

  await place.clock.turn(5_000);

  expect(got).toEqual(['e1']);
  expect(await place.parked()).toEqual([]);
});
