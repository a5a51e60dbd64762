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

test('one slow work a turn, and before it those of the neighbours who have used less time', () => {
  const { turns, work, turn } = processOf();
  const slow = turns.party();
  const quick = turns.party();
  for (const name of ['s1', 's2', 's3']) void slow.later(work(name, 300));
  for (const name of ['q1', 'q2']) void quick.later(work(name, 1));

  expect(turn()).toEqual(['s1']);
  expect(turn()).toEqual(['q1', 'q2', 's2']);
  void quick.later(work('q3', 1));
  expect(turn()).toEqual(['q3', 's3']);
});

test('who has rested does not keep those waiting who have worked meanwhile', () => {
  const { turns, work, turn } = processOf();
  const [busy, rested] = [turns.party(), turns.party()];
  for (let round = 0; round < 5; round++) {
    void busy.later(work('busy', 100));
    turn();
  }
  for (let round = 0; round < 3; round++) {
    void busy.later(work('busy', 100));
    void rested.later(work('rested', 100));
  }

  expect(Array.from({ length: 6 }, turn).flat()).toEqual(['rested', 'busy', 'rested', 'busy', 'rested', 'busy']);
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
