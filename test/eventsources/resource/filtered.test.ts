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
