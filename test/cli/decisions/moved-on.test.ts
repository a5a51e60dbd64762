import { expect, test } from 'vitest';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import type { Letter } from '../../../src/cli/decisions/letters.ts';
import { movedOn } from '../../../src/cli/decisions/moved-on.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-event.ts';
import { record } from '../../support/record.ts';

const about = (id: string, key?: string): Event => buildEvent({ id, extensions: key === undefined ? {} : { partitionkey: key } });

async function setUp(...events: Event[]) {
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: record().tell });
  for (const event of events) await bus.publish(event);
  const letterOf = (event: Event): Letter => ({
    bus,
    sequence: 1,
    id: event.id,
    parkedAt: 0,
    namespace: 'shop',
    sensor: 'sn',
    trigger: 'go',
    dependency: undefined,
    reason: { code: 'REMOTE_HTTP', message: 'no' },
    attempts: 1,
    orderKey: undefined,
    events: new Map([['dep', event]]),
    isWhole: true,
    rendered: undefined,
  });
  return async (...given: Event[]) => {
    const letters = given.map(letterOf);
    const later = await movedOn(letters, new AbortController().signal);
    return letters.map((letter) => later.get(letter)?.id);
  };
}

test('an object moves on when an event with the same key comes after', async () => {
  const events = [about('a1', 'a'), about('b1', 'b'), about('a2', 'a')];
  const later = await setUp(...events);

  expect(await later(...events)).toEqual(['a2', undefined, undefined]);
});

test('events without a key never do', async () => {
  const events = [about('1'), about('2')];
  const later = await setUp(...events);

  expect(await later(...events)).toEqual([undefined, undefined]);
});

test('an event that has left the stream is compared by its time', async () => {
  const later = await setUp({ ...about('new', 'a'), time: '2026-07-18T12:00:00Z' });

  expect(await later({ ...about('gone', 'a'), time: '2026-07-18T11:00:00Z' })).toEqual(['new']);
  expect(await later({ ...about('gone', 'a'), time: '2026-07-18T13:00:00Z' })).toEqual([undefined]);
});
