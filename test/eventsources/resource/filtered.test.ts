import { expect, test } from 'vitest';
import { Collection, inShort, memoryBus, once, published, sentBy, services } from './source.ts';

const marked = services({ filter: { fields: [{ key: 'metadata.annotations.mark', operation: '==', value: 'yes' }] } });
const mark = { annotations: { mark: 'yes' } };

test('objects are remembered whether or not their event type is asked for', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  const spec = services({ eventTypes: ['UPDATE', 'DELETE'] });
  await once(collection, bus, { spec });
  const changed = collection.change('web', { spec: { port: 80 } });

  await once(collection, bus, { spec });

  expect(await published(bus)).toMatchObject([{ type: 'UPDATE', body: changed, oldBody: { spec: {} } }]);
});

test('afterStart leaves out what was there at the first start, and only then', async () => {
  const collection = new Collection();
  collection.add('old');
  const bus = memoryBus();
  const spec = services({ filter: { afterStart: true } });
  await once(collection, bus, { spec });
  collection.change('old', { spec: { port: 80 } });

  await once(collection, bus, { spec });

  expect(inShort(await published(bus))).toEqual(['UPDATE old']);
});

test('an object that comes to pass the filter is an UPDATE with the state before', async () => {
  const collection = new Collection();
  const plain = collection.add('web');
  const bus = memoryBus();

  await once(collection, bus, { spec: marked }, (source) => {
    collection.change('web', mark);
    return source.heard.seen('eventPublished');
  });

  expect(await published(bus)).toMatchObject([{ type: 'UPDATE', oldBody: plain, synthetic: false }]);
});

test('an object that came to pass the filter during a stop is an UPDATE, one made during it an ADD', async () => {
  const collection = new Collection();
  collection.add('long-there');
  collection.seconds = 3600;
  collection.add('just-there');
  collection.add('known', mark);
  const bus = memoryBus();
  await once(collection, bus, { spec: marked });
  for (const name of ['long-there', 'just-there']) collection.change(name, mark);
  collection.add('new', mark);

  const sent = await sentBy(bus, () => once(collection, bus, { spec: marked }));

  expect(inShort(sent).sort()).toEqual(['ADD new', 'UPDATE just-there', 'UPDATE long-there']);
});

test('an object that ceased to pass is not sent as DELETE when it goes, and is an UPDATE when it passes again', async () => {
  const collection = new Collection();
  for (const name of ['goes', 'returns']) collection.add(name, mark);
  const bus = memoryBus();
  await once(collection, bus, { spec: marked });
  for (const name of ['goes', 'returns']) collection.change(name, { annotations: {} });
  await once(collection, bus, { spec: marked });
  collection.delete('goes');
  collection.change('returns', mark);

  const sent = await sentBy(bus, () => once(collection, bus, { spec: marked }));

  expect(inShort(sent)).toEqual(['UPDATE returns']);
});

test('with whenLeft: DELETE an object that ceases to pass is one DELETE with its last passing state, whether seen to happen or found', async () => {
  const collection = new Collection();
  const watched = collection.add('watched', mark);
  const found = collection.add('found', mark);
  const bus = memoryBus();
  const leaving = { ...marked, whenLeft: 'DELETE' as const };
  await once(collection, bus, { spec: leaving });

  const live = await sentBy(bus, () =>
    once(collection, bus, { spec: leaving }, (source) => {
      collection.change('watched', { annotations: {} });
      return source.heard.seen('eventPublished');
    }),
  );
  collection.change('found', { annotations: {} });
  const late = await sentBy(bus, () => once(collection, bus, { spec: leaving }));
  collection.delete('watched');
  collection.change('found', mark);
  const after = await sentBy(bus, () => once(collection, bus, { spec: leaving }));

  expect(live).toMatchObject([{ type: 'DELETE', left: true, synthetic: false, body: watched, oldBody: null }]);
  expect(late).toMatchObject([{ type: 'DELETE', left: true, synthetic: true, body: found, oldBody: null }]);
  expect(inShort(after)).toEqual(['UPDATE found']);
});

test('an object that leaves and returns again and again is told of each time, also where only DELETE is asked for', async () => {
  const collection = new Collection();
  collection.add('web', mark);
  const bus = memoryBus();
  const spec = { ...marked, eventTypes: ['DELETE' as const], whenLeft: 'DELETE' as const };
  await once(collection, bus, { spec });

  for (const annotations of [{}, mark.annotations, {}]) {
    collection.change('web', { annotations });
    await once(collection, bus, { spec });
  }

  const sent = await published(bus);
  expect(sent.map(({ type, left }) => [type, left])).toEqual([
    ['DELETE', true],
    ['DELETE', true],
  ]);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
});

test('a filter that was made stricter takes nothing for left', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  await once(collection, bus, { spec: services({ whenLeft: 'DELETE' }) });

  const sent = await sentBy(bus, () => once(collection, bus, { spec: { ...marked, whenLeft: 'DELETE' } }));

  expect(sent).toEqual([]);
});

test('an entry that is pointed at something else takes nothing for deleted', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  await once(collection, bus);
  const others = new Collection();
  others.add('pod');
  others.objects.get('pod')!.metadata.uid = 'another';

  const sent = await sentBy(bus, () => once(others, bus, { spec: services({ resource: 'pods' }) }));

  expect(inShort(sent)).toEqual(['ADD pod']);
});
