import { expect, test } from 'vitest';
import type { KubeObject, Unfolding } from '../../../src/core/kube/kube.ts';
import { Collection, inShort, memoryBus, once, published, script, sentBy, services } from './source.ts';

/** A list in parts; one that breaks off has no last part. */
const parts = (lists: readonly (readonly KubeObject[])[], breaksOff = false): Unfolding[] =>
  lists.map((items, index) => {
    const part = { isFirst: index === 0, isLast: !breaksOff && index === lists.length - 1 };
    return { kind: 'snapshot', items, resourceVersion: '1', part };
  });

test('what is in no part of a list is gone, and nothing is before the last part', async () => {
  const collection = new Collection();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => collection.add(name)) as [KubeObject, KubeObject, KubeObject];
  const bus = memoryBus();
  await once(collection, bus);

  const sent = await sentBy(bus, () => once(script(...parts([[c]], true), ...parts([[a], [c]])), bus));

  expect(sent).toMatchObject([{ type: 'DELETE', body: b }]);
});

test('one that was made anew under its name is a DELETE and an ADD, in this order, whichever part it stands in', async () => {
  const collection = new Collection();
  const [before, other] = [collection.add('web'), collection.add('other')];
  const bus = memoryBus();
  await once(collection, bus);
  collection.delete('web');
  const after = collection.add('web');

  const sent = await sentBy(bus, () => once(script(...parts([[after], [other]])), bus));

  expect(sent).toMatchObject([
    { type: 'DELETE', body: before },
    { type: 'ADD', body: after },
  ]);
});

test('each object is sent as ADD once where a start asks for that, also when the list breaks off and begins anew', async () => {
  const collection = new Collection();
  const [known, other] = [collection.add('known'), collection.add('other')];
  const bus = memoryBus();
  await once(collection, bus);
  const fresh = collection.add('fresh');
  const spec = services({ initialList: 'adds' });

  const lists = script(...parts([[known, fresh]], true), ...parts([[known, fresh], [other]]));
  const sent = await sentBy(bus, () => once(lists, bus, { spec }));

  expect(inShort(sent).sort()).toEqual(['ADD fresh', 'ADD known', 'ADD other']);
});

test('what a list that broke off has told is counted with the one in its place', async () => {
  const collection = new Collection();
  const [a, b] = [collection.add('a'), collection.add('b')];
  const bus = memoryBus();

  const { heard } = await once(script(...parts([[a]], true), ...parts([[a], [b]])), bus);

  expect(heard.of('caughtUp')).toMatchObject([{ known: 2, added: 2, updated: 0, deleted: 0 }]);
  expect(inShort(await published(bus))).toEqual(['ADD a', 'ADD b']);
});
