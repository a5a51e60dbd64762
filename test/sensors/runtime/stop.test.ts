import { expect, test } from 'vitest';
import type { EventBus, StateStore } from '../../../eventbus/bus.ts';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import type { Firing } from '../../../sensors/triggers/trigger.ts';
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
