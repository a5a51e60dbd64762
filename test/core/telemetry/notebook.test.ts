import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { Notebook, notesName } from '../../../src/core/telemetry/notebook.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

async function setUp() {
  const clock = new TestClock();
  const told = record();
  const store = await openMemoryBus({ kind: 'memory' }, { clock, tell: told.tell }).state(notesName);
  const text = async (key: string) => {
    const entry = await store.get(key);
    return entry && Buffer.from(entry.value).toString('utf8');
  };
  return { clock, told, store, text };
}

test('the first note is written at once, those after it no more than twice a second, the newest of each key', async () => {
  const { clock, told, store, text } = await setUp();
  const notes = new Notebook(async () => store, { clock, tell: told.tell });
  notes.note('a', () => 'one');
  await clock.turn(1);
  const first = await text('a');

  for (const word of ['two', 'three']) notes.note('a', () => word);
  await clock.turn(400);
  const early = await text('a');
  await clock.turn(200);

  expect([first, early, await text('a')]).toEqual(['one', 'one', 'three']);
});

test('a page that somebody else has written is written over', async () => {
  const { clock, told, store, text } = await setUp();
  const notes = new Notebook(async () => store, { clock, tell: told.tell });
  notes.note('a', () => 'ours');
  await clock.turn(1);
  await store.set('a', Buffer.from('theirs'), (await store.get('a'))!.revision);

  notes.note('a', () => 'ours again');
  await clock.turn(600);

  expect(await text('a')).toBe('ours again');
  expect(told.of('notesDropped')).toEqual([]);
});

test('what the bus does not take is dropped and counted, and later notes are written', async () => {
  const { clock, told, store, text } = await setUp();
  let isAway = true;
  const open = async () => {
    if (isAway) throw new EngineError('UNREACHABLE_BUS', { server: 'x', reason: 'gone' });
    return store;
  };
  const notes = new Notebook(open, { clock, tell: told.tell });
  notes.note('a', () => 'lost');
  notes.note('b', () => 'lost');
  await clock.turn(1);
  isAway = false;

  notes.note('a', () => 'kept');
  await clock.turn(600);

  expect(told.of('notesDropped')).toEqual([{ count: 2 }]);
  expect([await text('a'), await text('b')]).toEqual(['kept', undefined]);
});

test('the end writes what is left, and nothing after it', async () => {
  const { clock, told, store, text } = await setUp();
  const notes = new Notebook(async () => store, { clock, tell: told.tell });
  notes.note('a', () => 'last');

  await notes.end();
  notes.note('a', () => 'too late');
  await clock.turn(2_000);

  expect(await text('a')).toBe('last');
});

test('many notebooks of a process share its time', async () => {
  const { clock, told, store } = await setUp();
  let now = 0;
  // A text takes 20 ms to make.
  const slowly = { ...clock, monotonic: () => now, now: () => clock.now(), after: clock.after.bind(clock), sleep: clock.sleep.bind(clock) };
  const written = async (others: number): Promise<number> => {
    const notebooks = { open: others };
    const notes = new Notebook(async () => store, { clock: slowly, tell: told.tell, notebooks });
    let count = 0;
    const note = (): void =>
      notes.note('a', () => {
        now += 20;
        count += 1;
        return 'x';
      });
    for (let turn = 0; turn < 100; turn++) {
      note();
      await clock.turn(100);
    }
    await notes.end();
    expect(notebooks.open).toBe(others);
    return count;
  };

  const alone = await written(0);
  const amongTen = await written(9);

  expect(alone).toBeGreaterThan(8);
  expect(amongTen).toBeLessThan(4);
});
