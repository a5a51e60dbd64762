import { expect, test } from 'vitest';
import { Turns } from '../../../src/core/time/turns.ts';

/** A process whose turns begin when the test says so. */
function processOf() {
  let now = 0;
  const scheduled: (() => void)[] = [];
  const turns = new Turns({ monotonic: () => now }, (callback) => scheduled.push(callback));
  const done: string[] = [];
  return {
    turns,
    done,
    /** Work that takes so many milliseconds. */
    work: (name: string, takes: number) => () => {
      now += takes;
      done.push(name);
      return name;
    },
    /** One turn; answers what was done in it. */
    turn() {
      const before = done.length;
      for (const callback of scheduled.splice(0)) callback();
      return done.slice(before);
    },
    rest: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('work is done at once until the turn has lasted 10 ms, and then in the next one', async () => {
  const { turns, work, turn, done } = processOf();
  const party = turns.party();
  void party.later(work('begin', 0));
  turn();

  expect([party.do(work('a', 4)), party.do(work('b', 6))]).toEqual(['a', 'b']);
  expect(party.isOver).toBe(true);
  const later = party.do(work('c', 1));

  expect(done).toEqual(['begin', 'a', 'b']);
  expect(turn()).toEqual(['c']);
  expect(await later).toBe('c');
  expect(party.isOver).toBe(false);
});

test('however many are slow, the quick wait for one of them only', () => {
  const { turns, work, turn } = processOf();
  const quick = turns.party();
  void quick.later(work('q0', 1));
  turn();
  for (const name of ['s1', 's2', 's3']) void turns.party().later(work(name, 300));
  for (const name of ['q1', 'q2']) void quick.later(work(name, 1));

  expect(turn()).toEqual(['q1', 'q2']);
  expect(turn()).toEqual(['s1']);
  void quick.later(work('q3', 1));
  expect(turn()).toEqual(['q3']);
  expect(turn()).toEqual(['s2']);
  expect(turn()).toEqual(['s3']);
});

test('the quick cannot keep the slow waiting, however much they have to do', () => {
  const { turns, work, turn } = processOf();
  const [slow, quick] = [turns.party(), turns.party()];
  void quick.later(work('q', 4));
  turn();
  for (let round = 0; round < 10; round++) void quick.later(work('q', 4));
  for (const name of ['s1', 's2']) void slow.later(work(name, 300));

  expect(Array.from({ length: 6 }, turn)).toEqual([['q', 'q', 'q'], ['s1'], ['q', 'q', 'q'], ['s2'], ['q', 'q', 'q'], ['q']]);
});

test('the slow take turns: who came first has one piece of work done, then the next', () => {
  const { turns, work, turn } = processOf();
  const [one, other] = [turns.party(), turns.party()];
  for (let round = 0; round < 3; round++) void one.later(work('one', 300));
  for (let round = 0; round < 2; round++) void other.later(work('other', 20));

  expect(Array.from({ length: 5 }, turn).flat()).toEqual(['one', 'other', 'one', 'other', 'one']);
});

test('who becomes quick is counted among the quick, and who becomes slow among the slow', () => {
  const { turns, work, turn } = processOf();
  const [changes, slow] = [turns.party(), turns.party()];
  for (let round = 0; round < 4; round++) void slow.later(work('slow', 300));
  void changes.later(work('change', 1));
  expect([turn(), turn()]).toEqual([['slow'], ['change', 'slow']]);

  void changes.later(work('change', 300));
  expect([turn(), turn()]).toEqual([['change'], ['slow']]);

  void changes.later(work('change', 1));
  expect([turn(), turn()]).toEqual([['slow'], ['change']]);
});

test('work inside work is charged once, and gives way like any other', () => {
  const { turns, work, turn, done } = processOf();
  const party = turns.party();
  void party.later(() => {
    party.do(work('first', 20));
    party.do(work('second', 20));
  });

  expect(turn()).toEqual(['first']);
  expect(turn()).toEqual(['second']);
  expect(done).toHaveLength(2);
});

test('what work throws comes to whoever asked for it', async () => {
  const { turns, turn, rest } = processOf();
  const party = turns.party();
  const fail = () => {
    throw new Error('no');
  };
  const later = party.do(fail);
  turn();

  await expect(later).rejects.toThrow('no');
  expect(() => party.do(fail)).toThrow('no');
  rest(10);
  expect(party.isOver).toBe(true);
});

test('work in pieces is left off when the turn is over, and gone on with in the next one', async () => {
  const { turns, work, turn, done } = processOf();
  const party = turns.party();
  function* pieces() {
    for (const name of ['a', 'b', 'c']) {
      work(name, 6)();
      yield;
    }
    return 'all';
  }
  const first = party.doAll(pieces());

  expect([turn(), turn()]).toEqual([['a', 'b'], ['c']]);
  expect(await first).toBe('all');
  expect(
    party.doAll(
      (function* () {
        yield;
        return 'at once';
      })(),
    ),
  ).toBe('at once');
  expect(done).toEqual(['a', 'b', 'c']);
});
