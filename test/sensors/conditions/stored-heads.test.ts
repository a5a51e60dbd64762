import { expect, test } from 'vitest';
import { encodeHead, headKey, payloadKey } from '../../../sensors/conditions/head.ts';
import { storedHeads } from '../../../sensors/conditions/stored-heads.ts';
import { buildJoin } from '../../support/build-join.ts';
import { buildDependency, buildEvent, buildSensor, buildTrigger } from '../../support/build-sensor.ts';
import { workplace } from '../runtime/workplace.ts';

/** What an owner writes of an event that it holds, in parts: the payload first. */
async function writing(place: ReturnType<typeof workplace>) {
  const names = ['a', 'b'];
  const join = buildJoin({ conditions: 'a && b' }, names);
  const sensor = buildSensor(
    [buildTrigger('join', async () => {}, join)],
    names.map((name) => buildDependency(name, name)),
  );
  const [store, queue] = [await place.bus.state('sensor/playground/sn'), await place.bus.queue('sensor/playground/sn')];
  const held = { event: buildEvent('1', { subject: 'a', data: { much: 'x' } }), sequence: 1, storedAt: place.clock.now() };
  const known = { matching: new Map([['a', [held]]]), marks: new Map(), pending: new Map(), replays: new Set<string>() };
  const specs = new Map(sensor.dependencies.map(({ name, fingerprint }) => [name, fingerprint]));
  const { body, payloads } = encodeHead(known, join.join!.fingerprint, specs, 0, new Map());
  const payloadsThere = async () => {
    const keys = [];
    for await (const { key } of store.entries('payload/')) keys.push(key);
    return keys;
  };
  return {
    payloadsThere,
    writePayload: async () => {
      for (const [{ bytes }, id] of payloads) await store.set(payloadKey('join', id), bytes, 0);
    },
    writeHead: () => store.set(headKey('join', ''), body, 0),
    begin: () => storedHeads(sensor, store, queue, place.clock.now()),
  };
}

test('a predecessor that is cut off between a payload and the head that needs it loses nothing', async () => {
  await using place = workplace();
  const { writePayload, writeHead, begin } = await writing(place);

  await writePayload();
  await place.clock.turn(3_000);
  expect(await begin()).toEqual([]);
  await writeHead();

  const [head] = await begin();
  expect(head!.known.matching.get('a')!.map(({ event }) => event.data!.json)).toEqual([{ much: 'x' }]);
});

test('a payload that no head needs is removed when nobody can write that head any more', async () => {
  await using place = workplace();
  const { writePayload, payloadsThere, begin } = await writing(place);
  await writePayload();

  await place.clock.turn(599_000);
  await begin();
  expect(await payloadsThere()).toHaveLength(1);
  await place.clock.turn(2_000);
  await begin();
  expect(await payloadsThere()).toEqual([]);
});
