import { expect, test } from 'vitest';
import { noKube } from '../../../support/build-sensor.ts';
import { TestClock } from '../../../support/clock.ts';
import { memoryBus, runListener } from '../run-listener.ts';
import { listenerOf } from '../source-of.ts';

const source = (spec: object = {}) => ({
  apiVersion: 'sources.knative.dev/v1',
  kind: 'PingSource',
  metadata: { name: 'tick', namespace: 'shop' },
  spec: { sink: { uri: 'http://receiver.example.com' }, ...spec },
});

const world = () => {
  const clock = new TestClock();
  return { clock, bus: memoryBus(clock), kube: noKube };
};

test('a tick is an event of its time, with the data of the rule', async () => {
  const spec = { schedule: '30 * * * * *', contentType: 'application/json', data: '{"n":1}', ceOverrides: { extensions: { Team: 'web' } } };
  await using running = runListener(listenerOf([source(spec)]), world());
  await running.ready();

  const [event] = await running.seen(1);

  expect({ ...event, data: event!.data!.text }).toEqual({
    specversion: '1.0',
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    source: '/apis/v1/namespaces/shop/pingsources/tick',
    type: 'dev.knative.sources.ping',
    time: '2026-07-18T12:00:30.000Z',
    datacontenttype: 'application/json',
    extensions: { team: 'web' },
    data: '{"n":1}',
  });
});

test('a change of processes loses no tick and sends none twice; what was due long ago is left out', async () => {
  const { clock, ...rest } = world();
  const listener = listenerOf([source({ schedule: '*/5 * * * * *' })]);
  {
    await using running = runListener(listener, { clock, ...rest });
    await running.ready();
    await running.seen(2);
  }
  await clock.turn(7_000);
  {
    await using running = runListener(listener, { clock, ...rest });
    await running.seen(3);
  }
  await clock.turn(60_000);
  const resumed = clock.now();
  await using running = runListener(listener, { clock, ...rest });
  await running.until(async () => Date.parse((await running.events()).at(-1)!.time!) >= resumed);

  const times = (await running.events()).map(({ time }) => Date.parse(time!));
  expect(times.slice(0, 3)).toEqual([5_000, 10_000, 15_000].map((after) => Date.parse('2026-07-18T12:00:00Z') + after));
  expect(new Set(times).size).toBe(times.length);
  const missed = times.filter((time) => time > times[2]! && time < resumed - 10_000);
  expect(missed).toEqual([]);
});
