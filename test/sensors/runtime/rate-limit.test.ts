import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './workplace.ts';

/** A trigger with a rate limit that notes when it starts and for what. */
function limited(place: ReturnType<typeof workplace>, spacing: number, rest: Parameters<typeof buildTrigger>[2] = {}) {
  const starts: { at: number; event: string }[] = [];
  const trigger = buildTrigger(
    'limited',
    (firing) => {
      starts.push({ at: place.clock.now(), event: eventIds(firing)[0]! });
    },
    { spacing, ...rest },
  );
  return { starts, trigger };
}

const gaps = (starts: readonly { at: number }[]): number[] => starts.slice(1).map(({ at }, index) => at - starts[index]!.at);

test('attempts start evenly spaced, and what waits does so in the durable queue', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 1_000);
  place.run(buildSensor([trigger]));

  for (const id of ['e1', 'e2', 'e3', 'e4']) await place.publish(id);
  await place.clock.turn(10);

  expect(starts.map(({ event }) => event)).toEqual(['e1']);
  expect((await place.waiting()).length).toBe(3);
  expect(place.unacknowledged()).toBe(0);
  await place.clock.turn(10_000);
  expect(starts.map(({ event }) => event)).toEqual(['e1', 'e2', 'e3', 'e4']);
  expect(gaps(starts)).toEqual([1_000, 1_000, 1_000]);
  expect(await place.waiting()).toEqual([]);
});

test('there is no burst after a pause', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 500);
  place.run(buildSensor([trigger]));
  await place.publish('early');
  await place.clock.turn(3_600_000);

  for (let index = 0; index < 12; index++) await place.publish(`e${index}`);
  await place.clock.turn(10_000);

  expect(gaps(starts.slice(1))).toEqual(Array.from({ length: 11 }, () => 500));
});

test('a neighbour on the same events is not held up', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 3_600_000);
  const done: string[] = [];
  const neighbour = buildTrigger('free', (firing) => {
    done.push(...eventIds(firing));
  });
  place.run(buildSensor([trigger, neighbour]));

  const ids = Array.from({ length: 3_000 }, (_, index) => `e${index}`);
  for (const id of ids) await place.publish(id);
  await place.clock.turn(1_000);

  expect(done).toEqual(ids);
  expect(starts.length).toBe(1);
  expect((await place.waiting()).length).toBe(2_999);
});

test('firings with one order key keep their order', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 100);
  place.run(buildSensor([trigger]));

  const ids = Array.from({ length: 20 }, (_, index) => `e${index}`);
  for (const [index, id] of ids.entries()) await place.publish(id, { key: `k${index % 2}` });
  await place.clock.turn(5_000);

  const of = (key: number) => starts.map(({ event }) => event).filter((id) => Number(id.slice(1)) % 2 === key);
  expect(starts.length).toBe(20);
  for (const key of [0, 1]) expect(of(key)).toEqual(ids.filter((_, index) => index % 2 === key));
});

test('repeated attempts count too', async () => {
  await using place = workplace();
  const at: number[] = [];
  const trigger = buildTrigger(
    'limited',
    () => {
      at.push(place.clock.now());
      if (at.length < 3) throw new EngineError('CONFLICT_KUBE', { verb: 'update', target: 'x' });
    },
    { spacing: 2_000 },
  );
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(10_000);

  expect(gaps(at.map((time) => ({ at: time })))).toEqual([2_000, 2_000]);
});

test('what has waited for hours is not given up at its first failure', async () => {
  await using place = workplace();
  let failed = false;
  const done: string[] = [];
  const trigger = buildTrigger(
    'limited',
    (firing) => {
      const [event] = eventIds(firing) as [string];
      if (event === 'e3' && !failed) {
        failed = true;
        throw new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'busy' });
      }
      done.push(event);
    },
    { spacing: 3_600_000 },
  );
  place.run(buildSensor([trigger]));

  for (const id of ['e1', 'e2', 'e3']) await place.publish(id);
  await place.clock.turn(4 * 3_600_000);

  expect(done).toEqual(['e1', 'e2', 'e3']);
  expect(await place.parked()).toEqual([]);
});

test('a bus that is away for long costs no attempt', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 1_000, { retry: { backoff: { first: 1, ceiling: 1 }, attempts: 1, giveUpAfter: 1 } });
  let away = false;
  const queue = await place.bus.queue('sensor/playground/sn');
  const unreadable: typeof queue = {
    ...queue,
    async read(sequence) {
      if (away) throw new EngineError('UNREACHABLE_BUS', { server: 'test', reason: 'on purpose' });
      return queue.read(sequence);
    },
  };
  place.run(buildSensor([trigger]), { bus: { ...place.bus, queue: async () => unreadable } });

  for (const id of ['e1', 'e2', 'e3', 'e4']) await place.publish(id);
  await place.clock.turn(500);
  away = true;
  await place.clock.turn(300_000);
  expect(starts.map(({ event }) => event)).toEqual(['e1']);
  away = false;
  await place.clock.turn(20_000);

  expect(starts.map(({ event }) => event)).toEqual(['e1', 'e2', 'e3', 'e4']);
  expect(gaps(starts.slice(1))).toEqual([1_000, 1_000]);
  expect(await place.parked()).toEqual([]);
});

test('a successor keeps the spacing, also after a crash', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 10_000);
  for (const id of ['e1', 'e2', 'e3']) await place.publish(id);

  for (let shift = 0; shift < 3; shift++) {
    const run = place.run(buildSensor([trigger]));
    await place.clock.turn(3_000);
    await run.stop();
  }
  place.run(buildSensor([trigger]));
  await place.clock.turn(60_000);

  expect(starts.map(({ event }) => event)).toEqual(['e1', 'e2', 'e3']);
  for (const gap of gaps(starts)) {
    expect(gap).toBeGreaterThanOrEqual(10_000);
    expect(gap).toBeLessThanOrEqual(11_100);
  }
});

test('a limit that is written anew counts at once, whatever the one before had reserved', async () => {
  await using place = workplace();
  const slow = limited(place, 3_600_000);
  const run = place.run(buildSensor([slow.trigger]));
  await place.publish('e1');
  await place.clock.turn(100);
  await run.stop();

  const quick = limited(place, 1_000);
  place.run(buildSensor([quick.trigger]));
  await place.publish('e2');
  await place.clock.turn(3_000);

  expect(quick.starts.map(({ event }) => event)).toEqual(['e2']);
});

test('starts that are closer than timers can tell come in small handfuls, and no faster than they may', async () => {
  await using place = workplace();
  const { starts, trigger } = limited(place, 0.5);
  place.run(buildSensor([trigger]));

  for (let index = 0; index < 200; index++) await place.publish(`e${index}`);
  await place.clock.turn(2_000);

  expect(starts.length).toBe(200);
  expect(starts.at(-1)!.at - starts[0]!.at).toBeGreaterThanOrEqual(90);
});
