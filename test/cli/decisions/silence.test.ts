import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { type ListenerStatus, listenerKey } from '../../../eventsources/status.ts';
import type { SensorStatus } from '../../../sensors/decisions/status.ts';
import { silence } from '../../../src/cli/decisions/silence.ts';
import { notesName } from '../../../src/core/telemetry/notebook.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-event.ts';
import { record } from '../../support/record.ts';

const now = Date.parse('2026-07-18T12:00:30Z');
const ago = (seconds: number) => now - seconds * 1000;

const listener = (more: Partial<ListenerStatus> = {}): ListenerStatus => ({
  kind: 'EventSource',
  namespace: 'shop',
  name: 'hooks',
  event: 'scale',
  type: 'webhook',
  startedAt: ago(20),
  seenAt: ago(1),
  ready: true,
  published: 0,
  filtered: 0,
  refused: [],
  ...more,
});

/** What is said of a sensor that waits for this event of this source. */
async function said(listeners: ListenerStatus[], wanted = { source: 'hooks', subject: 'scale' }, onStream: string[] = []) {
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: record().tell });
  const store = await bus.state(notesName);
  for (const one of listeners) await store.set(listenerKey(one.namespace, one.name, one.event), Buffer.from(JSON.stringify(one)), 0);
  for (const subject of onStream) await bus.publish(buildEvent({ id: subject, source: 'argos', subject }));
  const status: SensorStatus = {
    kind: 'Sensor',
    namespace: 'shop',
    name: 'sn',
    startedAt: ago(10),
    seenAt: now,
    dependencies: [{ name: 'wish', ...wanted }],
    triggers: [],
    events: 0,
  };
  const [one] = await silence({ bus, status }, now);
  return [one!.because, one!.hint];
}

test('a name that differs is told beside the one that is emitted', async () => {
  expect(await said([listener()], { source: 'hooks', subject: 'scal' })).toEqual([
    'it waits for hooks/scal; the source emits hooks/scale',
    'eventName: scale',
  ]);
  expect(await said([listener()], { source: 'hook', subject: 'scale' })).toEqual([
    'it waits for hook/scale; the source emits hooks/scale',
    'eventSourceName: hooks',
  ]);
});

test('sources that are not ours are known by what they have sent', async () => {
  expect(await said([], { source: 'argos', subject: 'eye' }, ['eyes'])).toEqual([
    'it waits for argos/eye; the source emits argos/eyes',
    'eventName: eyes',
  ]);
});

test('nobody at all', async () => {
  expect(await said([])).toEqual([
    'it waits for hooks/scale, and nobody sends that: no event source has sent anything or said that it runs',
    'start its event source on the same bus',
  ]);
});

test('an event source that was stopped, or has not been heard of', async () => {
  expect(await said([listener({ stoppedAt: ago(5) })])).toEqual([
    'event source hooks/scale was stopped at 12:00:25, 5.0 s ago',
    'start it: it sends what happened meanwhile if it can',
  ]);
  expect(await said([listener({ seenAt: ago(45) })])).toEqual([
    'event source hooks/scale does not run: nothing was heard of it since 11:59:45, 45.0 s ago',
    'start it, or look at its log',
  ]);
});

test('an event source that does not hear, with what is in its way', async () => {
  const trouble = { message: 'pods is forbidden', hint: 'give it the role', at: ago(3) };

  expect(await said([listener({ ready: false, trouble })])).toEqual([
    'event source hooks/scale runs and does not hear anything yet: pods is forbidden',
    'give it the role',
  ]);
});

test('an event source whose own filter refused everything', async () => {
  const refused = [{ id: 'e1', because: 'body.x == 1 is false', at: ago(2) }];

  expect(await said([listener({ filtered: 7, refused })])).toEqual([
    'event source hooks/scale runs since 12:00:10, 20.0 s ago and has published nothing: its own filter refused 7, the last because body.x == 1 is false',
    'look at `filter` of scale in the EventSource',
  ]);
});

test('what was published before the sensor began to listen', async () => {
  expect(await said([listener({ type: 'resource', published: 1, last: { id: 'e1', at: ago(15) } })])).toEqual([
    'event source hooks/scale published e1 at 12:00:15, 15.0 s ago, before this sensor began to listen at 12:00:20, 10.0 s ago',
    '`sensorium eventsource --relist` sends every object again',
  ]);
});

test('an event source to which nothing has happened', async () => {
  expect(await said([listener()])).toEqual([
    'event source hooks/scale runs and hears since 12:00:10, 20.0 s ago, and nothing has happened: it has published 0',
    undefined,
  ]);
});
