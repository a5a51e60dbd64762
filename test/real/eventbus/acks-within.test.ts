import { expect, test } from 'vitest';
import { buildEvent } from '../../support/build-event.ts';
import { eventually } from '../../support/eventually.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream, otherClient } from '../../support/open-bus.ts';
import { Reader } from '../../support/reader.ts';

const anHour = 3_600_000;

/** Two events, handed out and acknowledged. */
async function acknowledged(nats: { url: string; port: number }, acksWithin: number) {
  const bus = await openJetStream(nats);
  const other = await otherClient(nats);
  for (const id of ['e1', 'e2']) await bus.publish(buildEvent({ id }));
  const reader = new Reader(bus, { acksWithin });
  await reader.done(2);
  const unacknowledged = async () => {
    const [stream] = await other.manager.streams.names().next();
    const [durable] = await other.manager.consumers.list(stream!).next();
    return durable!.num_ack_pending;
  };
  return { bus, reader, unacknowledged, [Symbol.asyncDispose]: () => other[Symbol.asyncDispose]() };
}

test('acknowledgements that may wait are sent before what is written to the bus after them', async () => {
  await using nats = await startNats();
  await using at = await acknowledged(nats, anHour);
  expect(await at.unacknowledged()).toBe(2);

  const queue = await at.bus.queue('sensor');
  await queue.put(new Uint8Array([1]), { id: 'later' });

  expect(await at.unacknowledged()).toBe(0);
  await at.reader[Symbol.asyncDispose]();
  await at.bus[Symbol.asyncDispose]();
});

test('and at the end of the subscription', async () => {
  await using nats = await startNats();
  await using at = await acknowledged(nats, anHour);

  await at.reader[Symbol.asyncDispose]();

  await eventually(async () => (await at.unacknowledged()) === 0);
  await at.bus[Symbol.asyncDispose]();
});

test('and when their time is over', async () => {
  await using nats = await startNats();
  await using at = await acknowledged(nats, 20);

  await eventually(async () => (await at.unacknowledged()) === 0);
  await at.reader[Symbol.asyncDispose]();
  await at.bus[Symbol.asyncDispose]();
});
