import { expect, test } from 'vitest';
import type { ConditionSpec } from '../../../sensors/conditions/compile.ts';
import { headPrefix, payloadPrefix } from '../../../sensors/conditions/head.ts';
import type { Firing } from '../../../sensors/triggers/trigger.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildSensor, buildTrigger, type Deed } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { workplace } from './workplace.ts';

const names = ['a', 'b'];
const sensorOf = (spec: ConditionSpec, deed: Deed) =>
  buildSensor(
    [buildTrigger('join', deed, buildJoin(spec, names))],
    names.map((name) => buildDependency(name, name)),
  );
const shown = ({ events }: Firing): string => [...events].map(([name, { id }]) => `${name}=${id}`).join(' ');

test.each<[string, ConditionSpec, number]>([
  ['by a key', { join: { key: '.pair' } }, 300],
  ['of large events', { join: { key: '.pair' } }, 40],
  ['without a key', {}, 300],
])('joins %s go on where a process was cut off, with what it held', async (what, spec, pairs) => {
  await using place = await workplace();
  const fired: string[] = [];
  const work = (alive: () => boolean) =>
    sensorOf(spec, async (firing) => {
      await systemClock.sleep(3);
      if (!alive()) return new Promise(() => {});
      fired.push(shown(firing));
      return undefined;
    });
  const pad = what === 'of large events' ? 'x'.repeat(400_000) : '';

  let process = await place.process(work);
  for (let pair = 0; pair < pairs; pair++) {
    await place.publish(`a${pair}`, { subject: 'a', data: { pair, pad } });
    await place.publish(`b${pair}`, { subject: 'b', data: { pair, pad } });
    if (pair % Math.ceil(pairs / 4) === pairs >> 3) {
      await process.cut();
      process = await place.process(work);
    }
  }

  const expected = Array.from({ length: pairs }, (_, pair) => `a=a${pair} b=b${pair}`);
  await eventually(() => new Set(fired).size >= pairs, 30_000);
  expect([...new Set(fired)].sort()).toEqual(expected.sort());
  await eventually(async () => (await place.waiting()).length === 0);
  expect(place.told.of('workerFailed')).toEqual([]);
  // What was stored beside the state is removed, at the latest by the next owner.
  await process.cut();
  await place.process(work);
  const store = await place.state();
  await eventually(async () => {
    let left = 0;
    for await (const _ of store.entries(payloadPrefix)) left += 1;
    return left === 0;
  });
});

test('ten thousand keys wait, and each meets its own', async () => {
  await using place = await workplace();
  let fired = 0;
  const keys = 10_000;
  await place.process(() =>
    sensorOf({ join: { key: '.key' } }, ({ events }) => {
      expect(events.get('a')!.id.slice(1)).toBe(events.get('b')!.id.slice(1));
      fired += 1;
    }),
  );
  const all = Array.from({ length: keys }, (_, key) => key);

  await Promise.all(all.map((key) => place.publish(`a${key}`, { subject: 'a', data: { key } })));
  const store = await place.state();
  await eventually(async () => {
    let heads = 0;
    for await (const _ of store.entries(headPrefix)) heads += 1;
    return heads === keys;
  }, 30_000);
  await Promise.all(all.map((key) => place.publish(`b${key}`, { subject: 'b', data: { key } })));

  await eventually(() => fired === keys, 30_000);
});
