import { expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { TestClock } from '../../support/clock.ts';
import { Collection, inShort, memoryBus, once, published, sentBy, start } from './source.ts';

test('an event that was stored but not remembered is not sent again, even when the bus has forgotten its id', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  await once(collection, bus);
  const store = await bus.state('eventsource/playground/ingress-es/service');
  await store.purge('uid-1');
  const position = JSON.parse(Buffer.from((await store.get('position'))!.value).toString());
  await store.purge('position');
  await store.set('position', Buffer.from(JSON.stringify({ ...position, sequence: 0 })), 0);

  const { heard } = await once(collection, bus);

  expect(heard.of('caughtUp')).toMatchObject([{ known: 1, added: 0, updated: 0, deleted: 0 }]);
});

test('a store that was lost is made anew from the stream', async () => {
  const collection = new Collection();
  const web = collection.add('web');
  const bus = memoryBus();
  await once(collection, bus);
  await bus.forget('eventsource/playground/ingress-es/service');
  collection.delete('web');

  const sent = await sentBy(bus, () => once(collection, bus));

  expect(sent).toMatchObject([{ type: 'DELETE', body: web }]);
});

/** The same bus, whose stream is another one now. */
const replaced = (bus: EventBus): EventBus => ({ ...bus, streamCreated: async () => 'later' });

test('a stream that was lost with what nobody had read: every object is sent again, once', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  await once(collection, bus);

  const sent = await sentBy(bus, () => once(collection, replaced(bus)));
  const sentLater = await sentBy(bus, () => once(collection, replaced(bus)));

  expect([inShort(sent), inShort(sentLater)]).toEqual([['ADD web'], []]);
});

test('a source that runs ends when the bus has lost the stream or its memory', async () => {
  const collection = new Collection();
  const clock = new TestClock();
  const bus = memoryBus(clock);
  let created = 'first';
  const watched: EventBus = { ...bus, streamCreated: async () => created };
  const first = start(collection, watched, { clock });
  await first.heard.seen('caughtUp');
  await clock.turn(60_000);
  created = 'later';
  await clock.turn(5_000);
  await expect(first.ended).rejects.toThrow('the bus has lost the stream of events');

  const second = start(collection, watched, { clock });
  await second.heard.seen('caughtUp');
  await (await bus.state('eventsource/playground/ingress-es/service')).purge('position');
  await clock.turn(5_000);
  await expect(second.ended).rejects.toThrow('the bus has lost what the source remembers');
});

test('events that others put on the subject are not taken for ours', async () => {
  const collection = new Collection();
  const bus = memoryBus();
  await once(collection, bus);
  const foreign = {
    id: 'by-hand',
    source: 'ingress-es',
    subject: 'service',
    type: 'resource',
    time: '',
    datacontenttype: '',
    extensions: {},
  };
  await bus.publish({
    ...foreign,
    data: EventData.fromText('{"type":"ADD","body":{"metadata":{"name":"x","uid":"x","resourceVersion":"1"}}}'),
  });
  await bus.publish({ ...foreign, id: 'no-json', data: EventData.fromText('{') });

  const { heard } = await once(collection, bus);

  expect(heard.of('caughtUp')).toMatchObject([{ known: 0, deleted: 0 }]);
});

test('whoever has lost the lease without noticing stops at its first write', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  const late = start(collection, bus);
  await late.heard.seen('caughtUp');
  const heir = start(collection, bus);
  await heir.heard.seen('caughtUp');

  collection.change('web', { spec: { port: 80 } });

  await expect(Promise.race([late.ended, heir.ended])).rejects.toMatchObject({ code: 'CONFLICT_STATE' });
  await late.stop();
  await heir.stop();
  expect(inShort(await published(bus))).toEqual(['ADD web', 'UPDATE web']);
});

test('an object larger than the bus takes is sent without its managedFields, then as a record', async () => {
  const limit = 2000;
  const bus = memoryBus();
  const tight: EventBus = {
    ...bus,
    publish(event) {
      const actual = event.data!.bytes.length;
      if (actual > limit) throw new EngineError('EVENT_TOO_LARGE', { actual, limit });
      return bus.publish(event);
    },
  };
  const collection = new Collection();
  const managed = collection.add('managed');
  managed.metadata['managedFields'] = ['x'.repeat(limit)];
  collection.add('huge', {}, { text: 'x'.repeat(limit) });

  const { heard } = await once(collection, tight);

  const [whole, recorded] = (await published(bus)).map(({ body }) => body);
  expect(whole).toMatchObject({ metadata: { name: 'managed' }, spec: {} });
  expect(whole!.metadata['managedFields']).toBeUndefined();
  expect(recorded).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'huge', namespace: 'playground', uid: 'uid-2', resourceVersion: '102' },
    tooLarge: { actual: 2273, limit },
  });
  expect(heard.of('eventTooLarge')).toMatchObject([{ object: 'playground/huge', limit }]);
});
