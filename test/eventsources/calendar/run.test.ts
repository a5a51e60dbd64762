import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { setUp } from './place.ts';

const configMap = (data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'places', namespace: 'playground' },
  data,
});

test('an event says when it was due, in Argo’s words, and has an id of that time', async () => {
  const { clock, begin, sent } = setUp();
  const source = begin({ interval: '10s', metadata: { team: 'a' } });
  await clock.turn(20_500);
  await source.stop();

  const events = await sent();
  expect(events.map(({ data, time, type }) => [type, time, data?.text])).toEqual([
    ['calendar', '2026-07-18T12:00:10.000Z', '{"eventTime":"2026-07-18 12:00:10 +0000 UTC","metadata":{"team":"a"}}'],
    ['calendar', '2026-07-18T12:00:20.000Z', '{"eventTime":"2026-07-18 12:00:20 +0000 UTC","metadata":{"team":"a"}}'],
  ]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(2);
});

test('a start sends nothing of a long stop without catch-up, and all of a short one', async () => {
  const { clock, begin, times } = setUp();
  const first = begin({ schedule: '* * * * *' });
  await clock.turn(60_000);
  await first.stop();
  await clock.turn(125_000);
  const second = begin({ schedule: '* * * * *' });
  await clock.turn(10);
  await second.stop();
  await clock.turn(300_000);
  const third = begin({ schedule: '* * * * *' });
  await clock.turn(10);
  await third.stop();

  expect(await times()).toEqual(['12:01:00', '12:03:00', '12:08:00']);
});

test('a start with catch-up sends what was due meanwhile, not longer ago than asked', async () => {
  const { clock, begin, times } = setUp();
  const entry = { schedule: '*/10 * * * *', persistence: { catchup: { enabled: true, maxDuration: '35m' } } };
  const first = begin(entry);
  await clock.turn(1);
  await first.stop();
  await clock.turn(3_600_000);
  const second = begin(entry);
  await clock.turn(10);
  await second.stop();

  expect(await times()).toEqual(['12:30:00', '12:40:00', '12:50:00', '13:00:00']);
});

test('a bus that loses the place under a calendar that runs is told it again, and no event is missed', async () => {
  const { bus, clock, begin, times } = setUp();
  const source = begin({ interval: '1s' });
  await clock.turn(2_500);
  await (await bus.state('eventsource/playground/es/tick')).purge('place');
  await clock.turn(2_000);
  await source.stop();
  const later = begin({ interval: '1s' });
  await clock.turn(1_000);
  await later.stop();

  expect(await times()).toEqual(['12:00:01', '12:00:02', '12:00:03', '12:00:04', '12:00:05']);
  expect(source.heard.of('workerFailed')).toEqual([]);
});

test('an interval goes on in its rhythm after a stop, without what was due meanwhile', async () => {
  const { clock, begin, times } = setUp();
  const first = begin({ interval: '1h' });
  await clock.turn(3_600_000);
  await first.stop();
  await clock.turn(2.5 * 3_600_000);
  const second = begin({ interval: '1h' });
  await clock.turn(2 * 3_600_000);
  await second.stop();

  expect(await times()).toEqual(['13:00:00', '16:00:00', '17:00:00']);
});

test('goes on from the ConfigMap that Argo left, and leaves its own place there in the same form', async () => {
  const { clock, kube, begin, times } = setUp();
  kube.put(configMap({ 'es.tick': '{"eventTime":"2026-07-18 17:29:00.000123 +0545 +0545 m=+12.3"}', 'other.tick': 'x' }));
  const persistence = { catchup: { enabled: true }, configMap: { name: 'places' } };
  const source = begin({ schedule: '*/15 * * * *', persistence });
  await clock.turn(10);
  await source.stop();

  expect(await times()).toEqual(['11:45:00', '12:00:00']);
  expect(kube.objects.get('/api/v1/namespaces/playground/configmaps/places')?.['data']).toEqual({
    'es.tick': '{"eventTime":"2026-07-18 12:00:00 +0000 UTC"}',
    'other.tick': 'x',
  });
});

test('a ConfigMap that is not there is made where that is asked for, and otherwise waited for', async () => {
  const { clock, kube, begin, times } = setUp();
  const waiting = begin({ interval: '10s', persistence: { configMap: { name: 'places' } } });
  await clock.turn(100);
  expect(waiting.heard.of('workerFailed').map(({ error }) => (error as EngineError).message)).toEqual([
    'ConfigMap playground/places has no readable key "es.tick": it does not exist',
  ]);
  await waiting.stop();

  const making = begin({ interval: '10s', persistence: { configMap: { name: 'places', createIfNotExist: true } } });
  await clock.turn(10_000);
  await making.stop();

  expect(await times()).toEqual(['12:00:10']);
  expect(kube.objects.get('/api/v1/namespaces/playground/configmaps/places')?.['data']).toEqual({
    'es.tick': '{"eventTime":"2026-07-18 12:00:10 +0000 UTC"}',
  });
});

test('a ConfigMap that cannot be written is told once, and the calendar goes on', async () => {
  const { clock, kube, begin, times } = setUp();
  kube.put(configMap({}));
  kube.refuse = (call) =>
    call.startsWith('PATCH') ? new EngineError('REMOTE_KUBE_FORBIDDEN', { verb: 'patch', target: 'it', reason: 'no' }) : undefined;
  const source = begin({ interval: '10s', persistence: { configMap: { name: 'places' } } });
  await clock.turn(30_000);
  await source.stop();

  expect(await times()).toEqual(['12:00:10', '12:00:20', '12:00:30']);
  expect(source.heard.of('placeUnsaved')).toMatchObject([{ eventsource: 'es', event: 'tick', configMap: 'playground/places' }]);
});
