import { expect, test } from 'vitest';
import { memoryStore } from '../../../eventbus/memory/store.ts';
import { openBus } from '../../../eventbus/open.ts';
import { buildEvent } from '../../support/build-event.ts';
import { TestClock } from '../../support/clock.ts';
import { Reader } from '../../support/reader.ts';
import { record } from '../../support/record.ts';

async function smallBus() {
  const clock = new TestClock();
  const told = record();
  const bus = await openBus({ kind: 'memory', store: memoryStore(clock, { maxMessages: 3 }) }, { tell: told.tell, clock });
  return { bus, clock, told };
}

test('when it is full, only what every durable has read makes room', async () => {
  const { bus } = await smallBus();
  await using reader = new Reader(bus);
  for (const id of ['1', '2', '3']) await bus.publish(buildEvent({ id }));
  const [first, , third] = await reader.next(3);
  third!.ack();
  await expect(bus.publish(buildEvent({ id: '4' }))).rejects.toThrow('the stream in memory is full');

  first!.ack();

  expect(await bus.publish(buildEvent({ id: '4' }))).toEqual({ sequence: 4, duplicate: false });
  await expect(bus.publish(buildEvent({ id: '5' }))).rejects.toThrow('the stream in memory is full');
});

test('a durable that nobody has taken from for 24 h loses its claim, loudly', async () => {
  const { bus, clock, told } = await smallBus();
  {
    await using reader = new Reader(bus, { name: 'gone' });
    for (const id of ['1', '2', '3']) await bus.publish(buildEvent({ id }));
    await reader.next(3);
  }
  await clock.turn(23 * 3_600_000);
  await expect(bus.publish(buildEvent({ id: '4' }))).rejects.toThrow('the stream in memory is full');

  await clock.turn(3_600_000);

  expect(await bus.publish(buildEvent({ id: '4' }))).toEqual({ sequence: 4, duplicate: false });
  expect(told.of('busWarning')).toEqual([
    { warning: 'nobody has taken from "gone" for 24 h: what it has not read is given up to make room' },
  ]);
});

test('a message id is remembered for five minutes', async () => {
  const { bus, clock } = await smallBus();
  await bus.publish(buildEvent());
  await clock.turn(299_000);
  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: true });

  await clock.turn(1000);

  expect(await bus.publish(buildEvent())).toEqual({ sequence: 2, duplicate: false });
});

test('the dead-letter store keeps what was given up for 14 days', async () => {
  const { bus, clock } = await smallBus();
  const parked = await bus.parked();
  const { sequence } = await parked.put(Buffer.from('x'), { id: 'a' });
  await clock.turn(14 * 24 * 3_600_000 - 1);
  expect(await parked.read(sequence)).toBeDefined();

  await clock.turn(1);

  expect(await parked.read(sequence)).toBeUndefined();
});
