import { expect, test } from 'vitest';
import { buildTrigger } from '../../support/build-sensor.ts';
import { at, joining } from './joining.ts';
import { workplace } from './workplace.ts';

test('what is held survives the sensor, its deletion too', async () => {
  await using place = workplace();
  const { fired, sensor } = joining({ conditions: 'a && b' });
  const first = place.run(sensor);
  await at(place, 'a:1');
  await first.stop();

  place.run(sensor);
  await at(place, 'b:2', 'b:3', 'a:4');

  expect(fired).toEqual(['a=1 b=2', 'a=4 b=3']);
});

test('other conditions forget what was held, another dependency only what was held of it', async () => {
  await using place = workplace();
  const before = place.run(joining({ conditions: 'a && b && c' }).sensor);
  await at(place, 'a:1', 'b:2');
  await before.stop();

  const changed = joining({ conditions: 'a && b && c' }, { a: 'another' });
  const between = place.run(changed.sensor);
  await at(place, 'c:3', 'a:4');
  await between.stop();
  expect(changed.fired).toEqual(['a=4 b=2 c=3']);

  const same = joining({ conditions: 'a && b && c' }, { a: 'another' });
  const last = place.run(same.sensor);
  await at(place, 'a:5');
  await last.stop();
  const { fired, sensor } = joining({ conditions: 'a && (b && c)' });
  place.run(sensor);
  await at(place, 'b:6', 'c:7', 'a:8');
  expect(fired).toEqual(['a=8 b=6 c=7']);
});

test('a reset forgets what came before it, also one that nobody was there for', async () => {
  await using place = workplace();
  const spec = { conditions: 'a && b', conditionsReset: [{ byTime: { cron: '*/5 * * * *' } }] };
  const { fired, sensor } = joining(spec);
  const first = place.run(sensor);
  await at(place, 'a:1');
  await place.clock.turn(301_000);
  await at(place, 'b:2', 'a:3', 'a:4');
  await first.stop();
  await place.clock.turn(301_000);
  place.run(sensor);
  await at(place, 'b:5', 'a:6');

  expect(fired).toEqual(['a=3 b=2', 'a=6 b=5']);
  expect(place.told.of('joinReset').map(({ held }) => held)).toEqual([['a: 1'], ['a: 4']]);
});

test('with a key only events meet that have the same, and one without a key is told', async () => {
  await using place = workplace();
  const { fired, sensor } = joining({ conditions: 'a && b', join: { key: '.key' } });
  place.run(sensor);
  await at(place, 'a:1:x', 'a:2:y', 'b:3', 'b:4:y', 'b:5:x');

  expect(fired).toEqual(['a=2 b=4', 'a=1 b=5']);
  expect(place.told.of('eventAlone')).toMatchObject([
    { event: '3', because: 'join.key gives nothing for this event, so it can meet no other' },
  ]);
});

test('keys under which nothing is left are forgotten, and may come again', async () => {
  await using place = workplace();
  const { fired, sensor } = joining({ conditions: 'a && b', join: { key: '.key' } });
  place.run(sensor);
  const state = async () => {
    const entries = [];
    for await (const { key } of (await place.bus.state('sensor/playground/sn')).entries('join/')) entries.push(key);
    return entries;
  };
  await at(place, 'a:1:x', 'b:2:x', 'a:3:y');
  expect(await state()).toEqual(['join/join/x', 'join/join/y']);
  await place.clock.turn(20_000);

  expect(await state()).toEqual(['join/join/y']);
  await at(place, 'a:4:x', 'b:5:x');
  expect(fired).toEqual(['a=1 b=2', 'a=4 b=5']);
});

test('what waits too long is forgotten, and leaves a record', async () => {
  await using place = workplace();
  const { fired, sensor } = joining({ conditions: 'a && b', join: { within: '10m' } });
  const first = place.run(sensor);
  await at(place, 'a:1');
  await place.clock.turn(599_000);
  await at(place, 'b:2');
  await at(place, 'a:3');
  await place.clock.turn(300_000);
  await first.stop();
  await place.clock.turn(400_000);
  place.run(sensor);
  await at(place, 'b:4', 'a:5');

  expect(fired).toEqual(['a=1 b=2', 'a=5 b=4']);
  expect(place.told.of('joinExpired')).toMatchObject([{ trigger: 'join', held: ['a: 3'], missing: ['b'] }]);
});

test.each([
  ['latest', 'a=2 b=3'],
  ['first', 'a=1 b=3'],
] as const)('of several events the %s counts', async (keep, expected) => {
  await using place = workplace();
  const { fired, sensor } = joining({ conditions: 'a && b', join: { keep } });
  place.run(sensor);
  await at(place, 'a:1', 'a:2', 'b:3');

  expect(fired).toEqual([expected]);
});

test('all events that came together are one list', async () => {
  await using place = workplace();
  const lists: unknown[] = [];
  const { sensor } = joining({ conditions: 'a && b', join: { keep: 'all' } });
  const trigger = { ...sensor.triggers[0]!, ...buildTrigger('join', ({ events }) => void lists.push(events.get('a')?.data?.json), {}) };
  place.run({ ...sensor, triggers: [{ ...sensor.triggers[0]!, prepare: trigger.prepare }] });
  await at(place, 'a:1:x', 'a:2:y', 'b:3:z');

  expect(lists).toEqual([[{ key: 'x' }, { key: 'y' }]]);
});

test('a join that would hold too much parks the event that is too many, and goes on', async () => {
  await using place = workplace();
  const { fired, sensor } = joining({ conditions: 'a && b', join: { keep: 'all' } });
  place.run(sensor);
  for (let index = 0; index < 1_001; index++) await place.publish(`a${index}`, { subject: 'a' });
  await place.clock.turn(2_000);
  await at(place, 'b:1');

  expect(fired).toHaveLength(1);
  expect(await place.parked()).toMatchObject([
    { dependency: 'a', reason: { code: 'EVENT_LIMIT', message: 'stopped after 1000 events: the join of trigger "join" holds too many' } },
  ]);
});
