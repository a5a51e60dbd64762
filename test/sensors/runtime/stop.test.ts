import { expect, test } from 'vitest';
import type { EventBus, Queue, StateStore } from '../../../eventbus/bus.ts';
import type { CompiledSensor, Verdict } from '../../../sensors/compiled.ts';
import type { Firing } from '../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { workplace } from './workplace.ts';

const names = ['a', 'b'];
const twice = (all: readonly string[]): string[] => all.filter((one, index) => all.indexOf(one) !== index);

/** Stops the sensor as its owner does and lets the next owner work until nothing is left. */
async function stopAndGoOn(place: ReturnType<typeof workplace>, sensor: CompiledSensor, stop: () => Promise<void>): Promise<void> {
  await stop();
  place.run(sensor);
  await place.clock.turn(30_000);
  expect(place.unacknowledged()).toBe(0);
  expect(await place.waiting()).toEqual([]);
}

/** A bus that needs a tenth of a second to save what is remembered. */
const slowToSave = ({ bus, clock }: ReturnType<typeof workplace>): EventBus => ({
  ...bus,
  async state(name) {
    const store = await bus.state(name);
    const set: StateStore['set'] = async (...entry) => {
      await clock.sleep(100);
      return store.set(...entry);
    };
    return { ...store, set };
  },
});

test('a stop while a join has as many firings as it may, and their events wait to be saved, repeats nothing', async () => {
  await using place = workplace();
  const fired: string[] = [];
  const fire = (firing: Firing) => void fired.push(`${firing.trigger} ${eventIds(firing).join('+')}`);
  const sensor = buildSensor(
    [
      buildTrigger('each', fire, { dependencies: ['a'], condition: 'a' }),
      buildTrigger('both', fire, buildJoin({ conditions: 'a && b' }, names)),
    ],
    names.map((name) => buildDependency(name, name)),
  );
  for (let index = 0; index < 200; index++) for (const subject of ['b', 'a']) await place.publish(`${subject}${index}`, { subject });
  const first = place.run(sensor, { bus: slowToSave(place) });
  await place.clock.turn(50);
  // Nothing is saved yet, and no further event is taken.
  expect(fired.length).toBe(128);

  await stopAndGoOn(place, sensor, first.stop);
  expect(fired.length).toBe(400);
  expect(twice(fired)).toEqual([]);
});

test('a stop while a neighbour has no free slot repeats nothing: what waits for one is queued', async () => {
  await using place = workplace();
  const fired: string[] = [];
  const fire = (firing: Firing) => void fired.push(`${firing.trigger} ${eventIds(firing).join('+')}`);
  const slowly = async (firing: Firing) => {
    await place.clock.sleep(50);
    fire(firing);
  };
  const sensor = buildSensor([buildTrigger('quick', fire), buildTrigger('slow', slowly)]);
  for (let index = 0; index < 100; index++) await place.publish(`e${index}`);
  const first = place.run(sensor);
  await place.clock.turn(20);
  expect(fired.length).toBe(65);

  await stopAndGoOn(place, sensor, first.stop);
  expect(fired.length).toBe(200);
  expect(twice(fired)).toEqual([]);
});

test('a stop while an event waits for its second transform repeats nothing: it is waited for', async () => {
  await using place = workplace();
  const fired: string[] = [];
  const fire = (firing: Firing) => void fired.push(`${firing.trigger} ${eventIds(firing).join('+')}`);
  const transformed = async (event: Event): Promise<Verdict> => {
    await place.clock.sleep(500);
    return { admitted: true, event };
  };
  const sensor = buildSensor(
    [
      buildTrigger('quick', fire, { dependencies: ['a'], condition: 'a' }),
      buildTrigger('slow', fire, { dependencies: ['b'], condition: 'b' }),
    ],
    [buildDependency('a'), { ...buildDependency('b'), admit: transformed }],
  );
  await place.publish('e1');
  const first = place.run(sensor);
  await place.clock.turn(50);
  expect(fired).toEqual(['quick e1']);

  await stopAndGoOn(place, sensor, first.stop);
  expect(fired.sort()).toEqual(['quick e1', 'slow e1']);
});

test('a stop while an event is being parked for a dependency that cannot use it repeats nothing', async () => {
  await using place = workplace();
  const fired: string[] = [];
  const fire = (firing: Firing) => void fired.push(`${firing.trigger} ${eventIds(firing).join('+')}`);
  const error = new EngineError('EVENT_LIMIT', { limit: '1 s', what: 'the jq program does not seem to end' });
  const refused = (): Verdict => ({ admitted: false, at: 'transform.jq', because: error.message, error });
  const sensor = buildSensor(
    [
      buildTrigger('one', fire, { dependencies: ['a'], condition: 'a' }),
      buildTrigger('other', fire, { dependencies: ['b'], condition: 'b' }),
    ],
    [buildDependency('a'), buildDependency('b', 'things', refused)],
  );
  const parked = async (): Promise<Queue> => {
    const queue = await place.bus.parked();
    const put: Queue['put'] = async (...entry) => {
      await place.clock.sleep(100);
      return queue.put(...entry);
    };
    return { ...queue, put };
  };
  await place.publish('e1');
  const first = place.run(sensor, { bus: { ...place.bus, parked } });
  await place.clock.turn(50);
  expect(fired).toEqual(['one e1']);

  await stopAndGoOn(place, sensor, first.stop);
  expect(fired).toEqual(['one e1']);
});
