import { expect, test } from 'vitest';
import type { EventSourceContext } from '../../../eventsources/event-source.ts';
import { Backlog } from '../../../eventsources/messages/backlog.ts';
import { settle, TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

function slowBus() {
  const told = record();
  const stored: string[] = [];
  const waiting: (() => void)[] = [];
  const emit = async ({ id }: { id: string }) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    stored.push(id);
  };
  const context = { emit, tell: told.tell, clock: new TestClock(), eventSourceName: 'es', eventName: 'event' };
  const backlog = new Backlog(context as unknown as EventSourceContext, undefined);
  const add = (id: string, bytes: number, orderKey?: string) => backlog.add({ id, orderKey, about: { id }, fields: () => ({}) }, bytes);
  const flow = async () => {
    for (; waiting.length > 0; await settle()) for (const wake of waiting.splice(0)) wake();
  };
  return { told, stored, waiting, add, flow };
}

test('messages of one key keep their order, keys do not wait for each other', async () => {
  const { add, waiting, flow, stored } = slowBus();

  for (const id of ['a1', 'b1', 'a2', 'b2', 'a3']) add(id, 1, id[0]);
  await settle();
  expect(waiting).toHaveLength(2);
  await flow();

  expect(stored).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

test('when too much waits, what comes is lost and told; once there is room it is taken again', async () => {
  const { add, flow, stored, told } = slowBus();
  const large = 12 * 1024 * 1024;

  for (const id of ['1', '2', '3', '4']) add(id, large);
  await flow();
  add('5', large);
  await flow();

  expect(stored).toEqual(['1', '2', '5']);
  expect(told.of('messageLost').map(({ id }) => id)).toEqual(['3', '4']);
  expect(told.of('messagesLost')).toEqual([{ eventsource: 'es', event: 'event', waiting: 2 }]);
});

test('one message may be larger than all that may wait', async () => {
  const { add, flow, stored } = slowBus();

  add('huge', 100 * 1024 * 1024);
  await flow();

  expect(stored).toEqual(['huge']);
});
