import { expect, test } from 'vitest';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { buildDependency, buildSensor, buildTrigger, eventIds } from '../../support/build-sensor.ts';
import { never } from '../../system/unreliable-bus.ts';
import { workplace } from './workplace.ts';

test('an event fires every trigger that it concerns, and is acknowledged', async () => {
  await using place = workplace();
  const done: string[] = [];
  const deed = (name: string, dependencies = ['dep']) =>
    buildTrigger(name, (firing) => void done.push(`${name} ${eventIds(firing)}`), { dependencies });
  place.run(buildSensor([deed('a'), deed('b'), deed('c', ['other'])], [buildDependency('dep'), buildDependency('other', 'others')]));

  await place.publish('e1');
  await place.publish('e2');
  await place.publish('e3', { subject: 'others' });
  await place.clock.turn(10);

  expect(done).toEqual(['a e1', 'b e1', 'a e2', 'b e2', 'c e3']);
  expect(place.unacknowledged()).toBe(0);
  await place.clock.turn(10_000);
  expect(place.told.of('eventRedelivered')).toEqual([]);
});

test('an event is decoded and admitted once, however many triggers it concerns', async () => {
  await using place = workplace();
  let admitted = 0;
  const dependency = buildDependency('dep', 'things', (event) => {
    admitted += 1;
    return { admitted: true, event };
  });
  place.run(
    buildSensor(
      ['a', 'b', 'c'].map((name) => buildTrigger(name, () => {})),
      [dependency],
    ),
  );

  await place.publish('e1');
  await place.clock.turn(10);

  expect(admitted).toBe(1);
  expect(place.told.of('triggerFired').map((fields) => fields['trigger'])).toEqual(['a', 'b', 'c']);
});

test('what is told of a firing', async () => {
  await using place = workplace();
  place.run(buildSensor([buildTrigger('a', () => ({ summary: 'created Ingress a/b' }))]));

  await place.publish('e1');
  await place.clock.turn(10);

  expect(place.told.of('eventReceived')).toEqual([{ sensor: 'sn', dependency: 'dep', event: 'e1' }]);
  expect(place.told.of('eventAdmitted')).toEqual([{ sensor: 'sn', dependency: 'dep', event: 'e1' }]);
  expect(place.told.of('triggerFired')).toEqual([
    {
      sensor: 'sn',
      trigger: 'a',
      firing: expect.stringMatching(/^[0-9a-f]{32}$/),
      event: 'e1',
      attempt: 1,
      summary: 'created Ingress a/b',
      took: 0,
      latency: 0,
    },
  ]);
});

test('an event that a filter refuses is told with its reason, and acknowledged', async () => {
  await using place = workplace();
  const because = 'body.kind is "Pod", not "Service"';
  const dependency = buildDependency('dep', 'things', () => ({ admitted: false, because, at: 'filters.data[0]' }));
  place.run(buildSensor([buildTrigger('a', () => {})], [dependency]));

  await place.publish('e1');
  await place.clock.turn(10);

  expect(place.told.of('eventFiltered')).toEqual([{ sensor: 'sn', dependency: 'dep', event: 'e1', because, at: 'filters.data[0]' }]);
  expect(place.told.of('triggerFired')).toEqual([]);
  expect(place.unacknowledged()).toBe(0);
  expect(await place.parked()).toEqual([]);
});

test('an event whose transform fails is parked with its reason, and the next one fires', async () => {
  await using place = workplace();
  const error = new EngineError('EVENT_TRANSFORM_FAILED', { problem: 'jq: cannot index a number' });
  const dependency = buildDependency('dep', 'things', (event) =>
    event.id === 'bad' ? { admitted: false, because: error.message, at: 'transform.jq', error } : { admitted: true, event },
  );
  place.run(buildSensor([buildTrigger('a', () => {})], [dependency]));

  await place.publish('bad', { data: { count: 1 } });
  await place.publish('good');
  await place.clock.turn(10);

  expect(place.told.of('eventUnusable')).toEqual([{ sensor: 'sn', dependency: 'dep', event: 'bad', error }]);
  expect(await place.parked()).toEqual([
    {
      namespace: 'playground',
      sensor: 'sn',
      dependency: 'dep',
      reason: { code: 'EVENT_TRANSFORM_FAILED', message: 'jq: cannot index a number' },
      attempts: 0,
      events: {
        dep: {
          id: 'bad',
          source: 'es',
          type: 'test',
          subject: 'things',
          time: '2026-07-18T12:00:00Z',
          datacontenttype: 'application/json',
          extensions: {},
          data: '{"count":1}',
        },
      },
      parkedAt: '2026-07-18T12:00:00.000Z',
    },
  ]);
  expect(place.told.of('triggerFired').map((fields) => fields['event'])).toEqual(['good']);
  expect(place.unacknowledged()).toBe(0);
});

test('a bug in a dependency parks that event, and the next one fires', async () => {
  await using place = workplace();
  const dependency = buildDependency('dep', 'things', (event) => {
    if (event.id === 'bad') throw new TypeError('x is not a function');
    return { admitted: true, event };
  });
  place.run(buildSensor([buildTrigger('a', () => {})], [dependency]));

  await place.publish('bad');
  await place.publish('good');
  await place.clock.turn(10);

  expect((await place.parked()).map((parked) => parked.reason.message)).toEqual(['unexpected: x is not a function']);
  expect(place.told.of('triggerFired').map((fields) => fields['event'])).toEqual(['good']);
});

test('a message that is no CloudEvent is parked with its place in the stream', async () => {
  await using place = workplace();
  place.run(buildSensor([buildTrigger('a', () => {})]));

  place.publishRaw('default.es.things', 'garbage');
  await place.publish('good');
  await place.clock.turn(10);

  expect(await place.parked()).toEqual([
    {
      namespace: 'playground',
      sensor: 'sn',
      reason: {
        code: 'EVENT_NOT_A_CLOUDEVENT',
        message: 'the message on default.es.things is not a CloudEvent: it has no CloudEvents headers, and its body is not JSON',
      },
      attempts: 0,
      message: { subject: 'default.es.things', sequence: 1 },
      events: {},
      parkedAt: '2026-07-18T12:00:00.000Z',
    },
  ]);
  expect(place.told.of('eventUnusable').length).toBe(1);
  expect(place.told.of('triggerFired').map((fields) => fields['event'])).toEqual(['good']);
  expect(place.unacknowledged()).toBe(0);
});

test('one event that passes two dependencies of a trigger fires it twice', async () => {
  await using place = workplace();
  const trigger = buildTrigger('a', () => {}, { dependencies: ['one', 'two'] });
  place.run(buildSensor([trigger], [buildDependency('one'), buildDependency('two')]));

  await place.publish('e1');
  await place.clock.turn(10);

  expect(new Set(place.told.of('triggerFired').map((fields) => fields['firing'])).size).toBe(2);
});

test('atLeastOnce: false acknowledges before the work, tries once, and parks what failed', async () => {
  await using place = workplace();
  const seen: number[] = [];
  const trigger = buildTrigger(
    'a',
    (firing) => {
      seen.push(place.unacknowledged());
      if (eventIds(firing)[0] === 'bad')
        throw new EngineError('REMOTE_KUBE_BUSY', { verb: 'create', target: 'x', status: 503, reason: '' });
    },
    { atLeastOnce: false },
  );
  place.run(buildSensor([trigger]));

  await place.publish('bad');
  await place.publish('good');
  await place.clock.turn(60_000);

  expect(seen).toEqual([0, 0]);
  expect((await place.parked()).map(({ trigger, attempts, events }) => ({ trigger, attempts, event: events.dep.id }))).toEqual([
    { trigger: 'a', attempts: 1, event: 'bad' },
  ]);
});

test('an attempt that never answers is aborted after a minute, and tried again', async () => {
  await using place = workplace();
  const aborted: boolean[] = [];
  const trigger = buildTrigger('a', (_firing, { signal, attempt }) => {
    if (attempt > 1) return undefined;
    signal.addEventListener('abort', () => aborted.push(true));
    return never();
  });
  place.run(buildSensor([trigger]));

  await place.publish('e1');
  await place.clock.turn(63_000);

  expect(aborted).toEqual([true]);
  expect(place.told.of('attemptFailed').map(({ error }) => (error as Error).message)).toEqual(['the target has not answered within 60 s']);
  expect(place.told.of('triggerFired').map(({ attempt }) => attempt)).toEqual([2]);
});
