import { expect, test } from 'vitest';
import { Collection, inShort, memoryBus, once, published, type Running, sentBy, services } from './source.ts';

const publishedAs = (type: string) => (source: Running) => source.heard.seen('eventPublished', (fields) => fields['type'] === type);

test('what exists at the first start is sent as ADD, and then what changes', async () => {
  const collection = new Collection();
  collection.add('old');
  const bus = memoryBus();

  await once(collection, bus, {}, (source) => {
    collection.add('web');
    collection.change('web', { spec: { port: 80 } });
    collection.delete('web');
    return publishedAs('DELETE')(source);
  });

  const sent = await published(bus);
  expect(inShort(sent)).toEqual(['ADD old', 'ADD web', 'UPDATE web', 'DELETE web']);
  expect(sent.map(({ synthetic }) => synthetic)).toEqual([true, false, false, false]);
  expect(sent[2]!.oldBody).toMatchObject({ metadata: { resourceVersion: '102' }, spec: {} });
  expect(sent[2]!.key).toBe('/services/playground/web');
});

test('after a stop exactly what changed meanwhile is sent', async () => {
  const collection = new Collection();
  for (const name of ['stays', 'changes', 'goes', 'again']) collection.add(name);
  const bus = memoryBus();
  await once(collection, bus);

  collection.change('changes', { spec: { port: 1 } });
  collection.change('changes', { spec: { port: 2 } });
  collection.delete('goes');
  collection.delete('again');
  collection.add('again');
  collection.add('new');
  const sent = await sentBy(bus, async () => {
    const { heard } = await once(collection, bus);
    expect(heard.of('caughtUp')).toMatchObject([{ known: 4, added: 2, updated: 1, deleted: 2 }]);
  });

  expect(inShort(sent).sort()).toEqual(['ADD again', 'ADD new', 'DELETE again', 'DELETE goes', 'UPDATE changes']);
  expect(inShort(sent.filter(({ name }) => name === 'again'))).toEqual(['DELETE again', 'ADD again']);
  expect(sent.every(({ synthetic }) => synthetic)).toBe(true);
  expect(sent.find(({ type }) => type === 'UPDATE')).toMatchObject({ oldBody: { spec: {} }, body: { spec: { port: 2 } } });
});

test('a watch that lost its history sends what it missed', async () => {
  const collection = new Collection();
  const web = collection.add('web');
  collection.add('stays');
  const bus = memoryBus();

  await once(collection, bus, {}, (source) => {
    collection.objects.delete('web');
    collection.lose();
    return publishedAs('DELETE')(source);
  });

  const sent = await published(bus);
  expect(inShort(sent)).toEqual(['ADD web', 'ADD stays', 'DELETE web']);
  expect(sent[2]).toMatchObject({ body: web, synthetic: true });
});

test('a DELETE has the same id whether it was watched or found missing', async () => {
  const ids = [];
  for (const isWatched of [true, false]) {
    const collection = new Collection();
    collection.add('web');
    const bus = memoryBus();
    await once(collection, bus, {}, async (source) => {
      if (!isWatched) return;
      collection.delete('web');
      await publishedAs('DELETE')(source);
    });
    if (!isWatched) {
      collection.delete('web');
      await once(collection, bus);
    }
    ids.push((await published(bus)).at(-1)!.id);
  }

  expect(ids[0]).toBe(ids[1]);
});

test('two sources that watch the same objects do not share ids', async () => {
  const collection = new Collection();
  collection.add('web');
  const [one, other] = [memoryBus(), memoryBus()];

  await once(collection, one);
  await once(collection, other, { eventName: 'other' });

  expect((await published(one))[0]!.id).not.toBe((await published(other, 0, 'other'))[0]!.id);
});

test('initialList: adds sends every object again at each start, with new ids, beside what changed', async () => {
  const collection = new Collection();
  collection.add('stays');
  collection.add('goes');
  const bus = memoryBus();
  const spec = services({ initialList: 'adds' });
  await once(collection, bus, { spec });
  collection.delete('goes');
  collection.add('new');

  const sent = await sentBy(bus, () => once(collection, bus, { spec }));

  expect(inShort(sent).sort()).toEqual(['ADD new', 'ADD stays', 'DELETE goes']);
});

test('a list that shows up later is compared, not sent again', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();

  await once(collection, bus, { relist: true, spec: services({ initialList: 'adds' }) }, async (source) => {
    collection.lose();
    collection.add('other');
    await source.heard.seen('eventPublished', ({ object }) => object === 'playground/other');
  });

  expect(inShort(await published(bus))).toEqual(['ADD web', 'ADD other']);
});

test('a relist is sent although the bus has just stored the same objects', async () => {
  const collection = new Collection();
  collection.add('web');
  const bus = memoryBus();
  await once(collection, bus);

  const sent = await sentBy(bus, () => once(collection, bus, { relist: true }));

  expect(inShort(sent)).toEqual(['ADD web']);
});
