import { expect, test } from 'vitest';
import { Collection, inShort, memoryBus, published, start } from './source.ts';

test('what exists at the first start is sent as ADD, and then what changes', async () => {
  const collection = new Collection();
  collection.add('old');
  const bus = memoryBus();

  const source = start(collection, bus);
  await source.heard.seen('caughtUp');
  collection.add('web');
  collection.change('web', { spec: { port: 80 } });
  collection.delete('web');
  await source.heard.seen('eventPublished', ({ type }) => type === 'DELETE');
  await source.stop();

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
  const first = start(collection, bus);
  await first.heard.seen('caughtUp');
  await first.stop();

  collection.change('changes', { spec: { port: 1 } });
  collection.change('changes', { spec: { port: 2 } });
  collection.delete('goes');
  collection.delete('again');
  collection.add('again');
  collection.add('new');
  const second = start(collection, bus);
  const caughtUp = await second.heard.seen('caughtUp');
  await second.stop();

  expect(caughtUp).toMatchObject({ known: 4, added: 2, updated: 1, deleted: 2 });
  const sent = await published(bus, 4);
  expect(inShort(sent).sort()).toEqual(['ADD again', 'ADD new', 'DELETE again', 'DELETE goes', 'UPDATE changes']);
  expect(inShort(sent.filter(({ name }) => name === 'again'))).toEqual(['DELETE again', 'ADD again']);
  expect(sent.every(({ synthetic }) => synthetic)).toBe(true);
  expect(sent.find(({ type }) => type === 'UPDATE')).toMatchObject({ oldBody: { spec: {} }, body: { spec: { port: 2 } } });
});
