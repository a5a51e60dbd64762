import { expect, test } from 'vitest';
import { serverDefaults } from '../../../eventbus/stream-settings.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-event.ts';
import { eventually } from '../../support/eventually.ts';
import { startNats } from '../../support/nats.ts';
import { type OpenBus, openJetStream, otherClient } from '../../support/open-bus.ts';
import { Reader } from '../../support/reader.ts';

const stream = { ...serverDefaults, maxMsgs: 5 };

async function fill(bus: OpenBus, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) await bus.publish(buildEvent({ id: `e${n}` }));
}

/** A durable that has read what it takes. */
async function readAll(bus: OpenBus, name: string, count: number): Promise<void> {
  await using reader = new Reader(bus, { name });
  await reader.done(count);
}

test('a full stream makes room for new events by what every durable has read', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream });
  await fill(bus, 1, 5);
  await readAll(bus, 'quick', 5);
  {
    await using slow = new Reader(bus, { name: 'slow' });
    const deliveries = await slow.next(5);
    for (const delivery of deliveries.slice(0, 3)) delivery.ack();
  }

  await fill(bus, 6, 8);

  await expect(bus.publish(buildEvent({ id: 'e9' }))).rejects.toMatchObject({
    code: 'REMOTE_BUS_FULL',
    message: 'the stream default is full',
    retry: 'backoff',
  });
  expect(bus.told.of('busFull')).toEqual([{ stream: 'default' }]);
  await using slow = new Reader(bus, { name: 'slow' });
  expect(await slow.done(5)).toEqual(['e4', 'e5', 'e6', 'e7', 'e8']);
});

test('a stream that is full by its bytes makes room too', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream: { ...serverDefaults, maxBytes: 10_000 } });
  for (let n = 1; n <= 20; n++) await bus.publish(buildEvent({ id: `e${n}`, data: EventData.fromText('x'.repeat(2000)) }));

  await using reader = new Reader(bus);
  expect((await reader.next(1))[0]!.sequence).toBeGreaterThan(10);
  expect(bus.told.of('busFull')).toEqual([]);
});

test('a durable whose subjects have nothing new holds up nobody', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream });
  await bus.publish(buildEvent({ id: 'tag', subject: 'tag' }));
  {
    await using reader = new Reader(bus, { name: 'tags', origins: [{ source: 'git', subject: 'tag' }] });
    await reader.done(1);
  }

  await fill(bus, 1, 20);

  expect(bus.told.of('busWarning')).toEqual([]);
});

test('a durable that nobody has pulled from for 24 h loses its claim, loudly; one that is pulled from does not', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream });
  await fill(bus, 1, 5);
  {
    await using reader = new Reader(bus, { name: 'gone' });
    await reader.next(5);
  }
  const tomorrow: Clock = { ...systemClock, now: () => Date.now() + 25 * 3_600_000 };
  await using later = await openJetStream(nats, { stream, clock: tomorrow });
  {
    await using pulled = new Reader(bus, { name: 'gone' });
    await pulled.next(5);
    await expect(later.publish(buildEvent({ id: 'e6' }))).rejects.toThrow('the stream default is full');
    expect(later.told.of('busWarning')).toEqual([]);
  }
  await systemClock.sleep(300);

  expect(await later.publish(buildEvent({ id: 'e6' }))).toEqual({ sequence: 6, duplicate: false });

  expect(later.told.of('busWarning')).toEqual([
    {
      stream: 'default',
      durable: 'sensorium-gone',
      warning: 'nobody has pulled from this durable for 24 h: what it has not read is given up to make room',
    },
  ]);
});

test('durables of others on the stream have their say too', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream });
  await using other = await otherClient(nats);
  await other.manager.consumers.add('default', { durable_name: 'group-1', ack_policy: 'explicit', filter_subject: 'default.git.push' });
  await fill(bus, 1, 5);

  await expect(bus.publish(buildEvent({ id: 'e6' }))).rejects.toThrow('the stream default is full');
});

/** Fills the servers' store to its limit; somebody must be there who does not read, or room is made. Answers how many events there are. */
async function fillStore(bus: OpenBus): Promise<number> {
  const data = EventData.fromText('x'.repeat(20_000));
  let stored = 0;
  const filling = async () => {
    for (; ; stored++) await bus.publish(buildEvent({ id: `f${stored}`, data }));
  };
  await expect(filling()).rejects.toMatchObject({
    code: 'REMOTE_BUS_FULL',
    hint: "a sensor is behind, or the limits of the servers' store are too low",
  });
  return stored;
}

test('a store that is full takes no lease away, and gives new ones', async () => {
  await using nats = await startNats({ config: 'jetstream { max_file_store: 1MB }' });
  await using bus = await openJetStream(nats);
  const { lost } = await bus.lease('sensor', new AbortController().signal);
  // Somebody who has not read.
  await using reader = new Reader(bus);
  await fillStore(bus);
  await reader.next(1);

  const other = await bus.lease('another sensor', new AbortController().signal);
  await systemClock.sleep(2_500);

  expect([lost.aborted, other.lost.aborted]).toEqual([false, false]);
});

test('an account at its limit is a store that is full', async () => {
  const limits = 'jetstream { max_mem: 10MB, max_file: 1MB }';
  await using nats = await startNats({ config: `accounts { A { users [{ user: a, password: a }], ${limits} } }\nno_auth_user: a` });
  await using bus = await openJetStream(nats);
  await using reader = new Reader(bus);

  await fillStore(bus);

  await reader.next(1);
});

test('what a sensor keeps gets room by what every durable has read', async () => {
  await using nats = await startNats({ config: 'jetstream { max_file_store: 1MB }' });
  await using bus = await openJetStream(nats);
  await using reader = new Reader(bus);
  await reader.done(await fillStore(bus));
  const state = await bus.state('s');

  // The acknowledgements are on their way.
  await eventually(() => state.set('a', Buffer.from('a'), 0));

  expect((await state.get('a'))?.value.toString()).toBe('a');
});

test('a queue that has no room says whether it has the id already', async () => {
  await using nats = await startNats({ config: 'jetstream { max_file_store: 1MB }' });
  await using bus = await openJetStream(nats);
  const queue = await bus.queue('q');
  const { sequence } = await queue.put(Buffer.from('a'), { id: 'a' });
  await using reader = new Reader(bus);
  await fillStore(bus);
  await reader.next(1);

  expect(await queue.put(Buffer.from('a'), { id: 'a' })).toEqual({ sequence, duplicate: true });
  await expect(queue.put(Buffer.from('b'), { id: 'b' })).rejects.toMatchObject({ code: 'REMOTE_BUS_FULL' });
});

test('that a stream is full is told once until something is stored again', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream });
  await using reader = new Reader(bus);
  await fill(bus, 1, 5);
  const deliveries = await reader.next(5);

  for (let n = 0; n < 3; n++) await expect(bus.publish(buildEvent({ id: 'e6' }))).rejects.toThrow('the stream default is full');
  expect(bus.told.of('busFull').length).toBe(1);
  expect(bus.told.of('busFullStill').length).toBe(2);
  for (const delivery of deliveries) delivery.ack();
  await eventually(() => bus.publish(buildEvent({ id: 'e6' })));
  await fill(bus, 7, 10);
  await expect(bus.publish(buildEvent({ id: 'e11' }))).rejects.toThrow('the stream default is full');
  expect(bus.told.of('busFull').length).toBe(2);
});
