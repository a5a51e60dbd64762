import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { workplace } from './workplace.ts';

const keys = 10;
const keyOf = (id: string): number => Number(id.slice(1)) % keys;

test('a sensor whose connection is cut in the middle of its work is taken over: everything is done, and in order for each key', async () => {
  await using place = await workplace();
  const effects: string[] = [];
  let done = 0;
  const works = (alive: () => boolean, refuses: (id: string) => boolean) =>
    buildSensor([
      buildTrigger('a', async (firing) => {
        const [id] = eventIds(firing) as [string];
        await systemClock.sleep(keyOf(id));
        if (!alive()) return new Promise(() => {});
        if (refuses(id)) throw new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: 'on purpose' });
        effects.push(id);
        done += 1;
        return undefined;
      }),
    ]);
  const first = await place.process((alive) => works(alive, (id) => keyOf(id) < 3));
  const ids = Array.from({ length: 600 }, (_, index) => `e${index}`);
  const published = Promise.all(ids.map((id) => place.publish(id, { key: `k${keyOf(id)}` })));

  await eventually(() => done > 150);
  await first.cut();
  await published;
  await place.process((alive) => works(alive, () => false));

  await eventually(() => new Set(effects).size === 600, 20_000);
  for (let key = 0; key < keys; key++) {
    const mine = [...new Set(effects.filter((id) => keyOf(id) === key))].map((id) => Number(id.slice(1)));
    expect(mine).toEqual([...mine].sort((a, b) => a - b));
    expect(effects.filter((id) => keyOf(id) === key).at(-1)).toBe(`e${590 + key}`);
  }
  await eventually(async () => (await place.waiting()).length === 0);
});

test('a target that hangs does not hold up its neighbour, and all that waited is done when it answers again', async () => {
  await using place = await workplace();
  const quick = new Set<string>();
  const slow = new Set<string>();
  const sensor = (hangs: boolean) =>
    buildSensor([
      buildTrigger('target', (firing) => (hangs ? new Promise(() => {}) : void slow.add(eventIds(firing)[0]!))),
      buildTrigger('log', (firing) => void quick.add(eventIds(firing)[0]!)),
    ]);
  const first = await place.process(() => sensor(true));
  const ids = Array.from({ length: 1_500 }, (_, index) => `e${index}`);
  await Promise.all(ids.map((id) => place.publish(id)));

  await eventually(() => quick.size === 1_500, 10_000);
  await eventually(async () => (await place.waiting()).length === 1_500, 10_000);
  await first.cut();
  await place.process(() => sensor(false));

  await eventually(() => slow.size === 1_500, 20_000);
  await eventually(async () => (await place.waiting()).length === 0);
});
