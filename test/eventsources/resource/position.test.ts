import { expect, test } from 'vitest';
import type { StateStore } from '../../../eventbus/bus.ts';
import { Position, positionKey } from '../../../eventsources/resource/position.ts';
import { settle, TestClock } from '../../support/clock.ts';
import { memoryBus } from './source.ts';

const second = 1000;
const at = (seconds: number): number => seconds * second;

async function setUp() {
  const clock = new TestClock();
  const store = await memoryBus(clock).state('x');
  const open = async (more: object = {}, used: StateStore = store): Promise<Position> => {
    const now = { scope: 'services', filter: '', stream: 's1', ...more };
    const context = { clock, patiently: <T>(operation: () => Promise<T>) => operation() };
    return new Position(used, await store.get(positionKey), now, context, (thrown) => expect.fail(String(thrown)));
  };
  /** A position that has worked through a list with one object, made an hour after the beginning of time. */
  const settled = async (): Promise<Position> => {
    const position = await open();
    position.beginList();
    position.end(position.begin(at(3600)));
    await position.settle(new Set(['known']));
    return position;
  };
  return { clock, store, open, settled };
}

test('everything is new until a list has been worked through', async () => {
  const { open } = await setUp();
  const position = await open();

  expect(position.phase).toBe('first');
  expect(position.isNew(at(1))).toBe(true);
});

test('after a list an unknown object is new only if it was made around the latest one or later', async () => {
  const { open, settled } = await setUp();
  await settled();

  const next = await open();
  expect(next.phase).toBe('settled');
  expect([at(3500), at(3580), at(3700)].map((made) => next.isNew(made))).toEqual([false, true, true]);
});

test('what is still being worked on stays new, and its place in the stream is read again', async () => {
  const { clock, open, settled } = await setUp();
  const position = await settled();
  position.stored(10);
  position.begin(at(4000));
  const later = position.begin(at(9000));
  position.stored(11);
  position.end(later);
  await clock.turn(second);

  const next = await open();
  expect(next.sequence).toBe(10);
  expect(next.isNew(at(4000))).toBe(true);
});

test('while a list is worked through nothing becomes old', async () => {
  const { clock, open, settled } = await setUp();
  const position = await settled();
  position.beginList();
  position.end(position.begin(at(9000)));
  await clock.turn(second);

  expect((await open()).isNew(at(4000))).toBe(true);
});

test('an object made lately that was met is remembered as met', async () => {
  const { clock, open, settled } = await setUp();
  const position = await settled();
  position.meet('there', at(3600));
  position.meet('gone', at(3600));
  position.unmeet('gone');
  await clock.turn(second);

  const next = await open();
  expect([next.hasMet('there'), next.hasMet('gone')]).toEqual([true, false]);
});

test('of very many that were met lately the newest are kept, and the others count as old', async () => {
  const { open, settled } = await setUp();
  const position = await settled();
  for (let index = 0; index < 3000; index++) position.meet(`met-${index}`, at(4000) + index);
  await position.save();

  const next = await open();
  expect(next.hasMet('met-2999')).toBe(true);
  for (const index of [0, 1500, 1999]) expect(next.hasMet(`met-${index}`) || !next.isNew(at(4000) + index)).toBe(true);
});

test('another stream is read from its start, another scope begins anew', async () => {
  const { open, settled } = await setUp();
  const position = await settled();
  position.stored(10);
  await position.save();

  expect((await open()).sequence).toBe(10);
  expect((await open({ stream: 's2' })).sequence).toBe(0);
  const moved = await open({ scope: 'pods' });
  expect([moved.phase, moved.isNew(at(1))]).toEqual(['moved', true]);
  expect([(await open()).refiltered, (await open({ filter: 'x' })).refiltered]).toEqual([false, true]);
});

test('it is written at most once a second', async () => {
  const { clock, store, open } = await setUp();
  let writes = 0;
  const counting: StateStore = {
    ...store,
    set: (...args) => {
      writes += 1;
      return store.set(...args);
    },
  };
  const position = await open({}, counting);
  for (let index = 0; index < 100; index++) position.end(position.begin());

  await settle();
  expect(writes).toBe(0);
  await clock.turn(5 * second);
  expect(writes).toBe(1);
});
