import { expect, test } from 'vitest';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { never } from '../../system/unreliable-bus.ts';
import { workplace } from './workplace.ts';

test('an attempt that takes longer than a second is queued while it runs, its event acknowledged, and removed when it is done', async () => {
  await using place = workplace();
  place.run(buildSensor([buildTrigger('a', () => place.clock.sleep(5_000))]));

  await place.publish('e1');
  await place.clock.turn(900);
  expect(place.unacknowledged()).toBe(1);
  expect(await place.waiting()).toEqual([]);
  await place.clock.turn(300);
  expect(place.unacknowledged()).toBe(0);
  expect((await place.waiting()).length).toBe(1);
  await place.clock.turn(5_000);

  expect(place.told.of('triggerFired').map(({ attempt }) => attempt)).toEqual([1]);
  expect(await place.waiting()).toEqual([]);
});

test('a target that hangs does not hold up its neighbours', async () => {
  await using place = workplace();
  const done: string[] = [];
  const hangs = buildTrigger('hangs', () => never());
  const works = buildTrigger('works', (firing) => void done.push(...eventIds(firing)));
  place.run(buildSensor([hangs, works]));

  for (let index = 0; index < 3_000; index++) await place.publish(`e${index}`);
  await place.clock.turn(2_000);

  expect(done.length).toBe(3_000);
  expect(place.unacknowledged()).toBe(0);
  expect((await place.waiting()).length).toBe(3_000);
});

test('a target that hangs alone does not hold up its own event either: the queue has it', async () => {
  await using place = workplace();
  place.run(buildSensor([buildTrigger('hangs', () => never())]));

  for (let index = 0; index < 200; index++) await place.publish(`e${index}`);
  await place.clock.turn(500);
  expect(await place.waiting()).toEqual([]);
  await place.clock.turn(2_500);

  expect(place.unacknowledged()).toBe(0);
  expect((await place.waiting()).length).toBe(200);
});

test('a backlog with a healthy target is not written to the queue', async () => {
  await using place = workplace();
  for (let index = 0; index < 2_000; index++) await place.publish(`e${index}`);
  const healthy = buildTrigger('healthy', () => place.clock.sleep(20));
  const instant = buildTrigger('instant', () => {});
  place.run(buildSensor([healthy, instant]));

  await place.clock.turn(10_000);

  expect(place.told.of('triggerFired').length).toBe(4_000);
  expect(place.told.of('firingQueued')).toEqual([]);
});

test('a busy key with a healthy target is not written to the queue either', async () => {
  await using place = workplace();
  place.run(buildSensor([buildTrigger('healthy', () => place.clock.sleep(20))]));

  for (let index = 0; index < 300; index++) await place.publish(`e${index}`, { key: 'one' });
  await place.clock.turn(10_000);

  expect(place.told.of('triggerFired').length).toBe(300);
  expect(place.told.of('firingQueued')).toEqual([]);
  expect(place.told.of('eventRedelivered')).toEqual([]);
});

test('a slow target spills into its queue where a neighbour waits for events, and works it off in order', async () => {
  await using place = workplace();
  const slowly: string[] = [];
  const slow = buildTrigger('slow', async (firing) => {
    await place.clock.sleep(300);
    slowly.push(...eventIds(firing));
  });
  const quick: string[] = [];
  const instant = buildTrigger('instant', (firing) => void quick.push(...eventIds(firing)));
  place.run(buildSensor([slow, instant]));

  for (let index = 0; index < 1_000; index++) await place.publish(`e${index}`, { key: `k${index % 200}` });
  await place.clock.turn(700);
  expect(quick.length).toBe(1_000);
  expect(slowly.length).toBeLessThan(300);
  await place.clock.turn(10_000);

  expect(slowly.length).toBe(1_000);
  for (let key = 0; key < 200; key++) {
    const mine = slowly.map((id) => Number(id.slice(1))).filter((index) => index % 200 === key);
    expect(mine).toEqual([...mine].sort((a, b) => a - b));
  }
  expect(await place.waiting()).toEqual([]);
});

test.each([
  ['that joins', ['a', 'b'], 'a && b'],
  ['for each event', ['a'], 'a'],
])('a busy key of a trigger %s does not hold its neighbours to its own pace', async (_, dependencies, conditions) => {
  await using place = workplace();
  const slow = buildTrigger('slow', () => place.clock.sleep(90), buildJoin({ conditions }, dependencies));
  const quick: string[] = [];
  const instant = buildTrigger('instant', (firing) => void quick.push(...eventIds(firing)), { dependencies: ['a'] });
  place.run(buildSensor([slow, instant], [buildDependency('a', 'a'), buildDependency('b', 'b')]));

  for (let index = 0; index < 1_500; index++)
    for (const subject of ['a', 'b']) await place.publish(`${subject}${index}`, { subject, key: 'one' });
  await place.clock.turn(7_000);

  expect(quick.length).toBe(1_500);
});

test('an event that is in work for long is not handed out again', async () => {
  await using place = workplace();
  let attempts = 0;
  const trigger = buildTrigger('a', () => {
    attempts += 1;
    return place.clock.sleep(900);
  });
  place.run(buildSensor([trigger]));

  for (let index = 0; index < 20; index++) await place.publish(`e${index}`, { key: 'one' });
  await place.clock.turn(30_000);

  expect(attempts).toBe(20);
  expect(place.told.of('eventRedelivered')).toEqual([]);
});
