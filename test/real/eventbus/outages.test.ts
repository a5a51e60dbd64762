import { expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-event.ts';
import { eventually } from '../../support/eventually.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream, otherClient } from '../../support/open-bus.ts';
import { Reader } from '../../support/reader.ts';
import { record } from '../../support/record.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const events = (count: number, name = 'e') => Array.from({ length: count }, (_, index) => buildEvent({ id: `${name}${index}` }));

/** As an event source does it: until the bus has stored it. */
async function publishPatiently(bus: EventBus, event: Event): Promise<void> {
  for (;;) {
    try {
      await bus.publish(event);
      return;
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || thrown.retry !== 'backoff') throw thrown;
      await systemClock.sleep(100);
    }
  }
}

test('a server that is killed and comes back loses nothing and stores nothing twice', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  const seen = new Set<string>();
  await using reader = new Reader(bus, {}, (delivery) => {
    seen.add(delivery.event!.id);
    delivery.ack();
  });
  const before = Promise.all(events(500, 'before').map((event) => publishPatiently(bus, event)));
  await reader.next(50);

  await nats.kill();
  await bus.told.seen('busAway');
  expect(bus.connected).toBe(false);
  const during = Promise.all(events(500, 'during').map((event) => publishPatiently(bus, event)));
  await systemClock.sleep(1000);
  await nats.restart();

  await Promise.all([before, during]);
  await reader.until(() => seen.size === 1000);
  expect(bus.connected).toBe(true);
  const sequences: number[] = [];
  for await (const { sequence } of bus.replay({ source: 'git', subject: 'push' }, 0, new AbortController().signal))
    sequences.push(sequence);
  expect(sequences).toHaveLength(1000);
  expect(bus.told.all.map(({ name }) => name).filter((name) => name !== 'busConnected')).toEqual(['busAway', 'busBack']);
});

test('an outage keeps what is in flight here, and the order', async () => {
  await using nats = await startNats();
  await using proxy = await startTcpProxy(nats.port);
  await using bus = await openJetStream(proxy);
  await using reader = new Reader(bus, { maxInFlight: 4 });
  for (const event of events(6)) await bus.publish(event);
  const first = await reader.next(4);

  await proxy.cut();
  await bus.told.seen('busAway');
  for (const delivery of first) delivery.ack();
  await proxy.restore();

  expect((await reader.next(2)).map(({ event }) => event!.id)).toEqual(['e4', 'e5']);
  await systemClock.sleep(2500);
  expect(new Set(reader.ids)).toEqual(new Set(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']));
  expect(reader.all.filter(({ attempt, event }) => attempt > 1 && Number(event!.id.slice(1)) < 4)).toEqual([]);
});

test('a bus that is not there yet is waited for, and the wait can be ended', async () => {
  await using nats = await startNats();
  const at = { port: nats.port };
  await nats.kill();
  const told = record();
  const opening = openJetStream(at, { told });
  await told.seen('busAway');
  const controller = new AbortController();
  const given = openJetStream(at, { signal: controller.signal });
  controller.abort();
  await expect(given).rejects.toMatchObject({ code: 'UNREACHABLE_BUS' });

  await systemClock.sleep(1500);
  await nats.restart();

  await using bus = await opening;
  expect(told.all.map(({ name }) => name)).toEqual(['busAway', 'busConnected']);
  expect(told.of('busAway')[0]!['error']).toMatchObject({
    message: `the bus at nats://127.0.0.1:${at.port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${at.port}`,
  });
  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
});

test('a server without JetStream is waited for', async () => {
  await using nats = await startNats({ jetstream: false });
  const told = record();
  const controller = new AbortController();
  const opening = openJetStream(nats, { told, signal: controller.signal });

  const { error } = await told.seen('busAway');

  expect(error).toMatchObject({
    message: `the bus at ${nats.url} cannot be reached: JetStream or the stream is not available there`,
    hint: 'is nats-server running there, with JetStream on (`-js`)?',
  });
  controller.abort();
  await expect(opening).rejects.toMatchObject({ code: 'UNREACHABLE_BUS' });
});

test('a publish while the bus is away waits a while, and then says why', async () => {
  await using nats = await startNats();
  await using proxy = await startTcpProxy(nats.port);
  await using bus = await openJetStream(proxy);
  await proxy.cut();
  await bus.told.seen('busAway');
  const controller = new AbortController();
  const aborted = bus.publish(buildEvent(), { signal: controller.signal });
  controller.abort();

  await expect(aborted).rejects.toThrow();
  await expect(bus.publish(buildEvent())).rejects.toMatchObject({
    code: 'UNREACHABLE_BUS',
    message: `the bus at nats://127.0.0.1:${proxy.port} cannot be reached: the connection is lost`,
    retry: 'backoff',
  });
});

test('a connection that has gone silent is noticed, and the pull is rebuilt', async () => {
  await using nats = await startNats();
  await using proxy = await startTcpProxy(nats.port);
  await using bus = await openJetStream(proxy);
  await using reader = new Reader(bus);
  await bus.publish(buildEvent({ id: 'first' }));
  expect(await reader.done(1)).toEqual(['first']);

  proxy.stall(true);
  expect(await bus.told.seen('pullRebuilt')).toEqual({
    stream: 'default',
    durable: 'sensorium-sensor',
    reason: 'the server has gone silent',
  });
  proxy.stall(false);

  await publishPatiently(bus, buildEvent({ id: 'second' }));
  await reader.until(() => reader.ids.includes('second'));
});

test('a durable that somebody deletes is made anew where it stood', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  await using reader = new Reader(bus);
  for (const event of events(3)) await bus.publish(event);
  const [first, second, third] = await reader.next(3);
  first!.ack();
  third!.ack();

  await other.manager.consumers.delete('default', 'sensorium-sensor');

  expect(await bus.told.seen('pullRebuilt')).toMatchObject({ reason: 'the durable was gone and was made anew' });
  await bus.publish(buildEvent({ id: 'later' }));
  await reader.until(() => reader.ids.includes('later'));
  second!.ack();
  expect(reader.ids).toEqual(['e0', 'e1', 'e2', 'later']);
});

test('a stream that somebody deletes is made anew, loudly, and everything goes on', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  await using reader = new Reader(bus);
  await bus.publish(buildEvent({ id: 'old' }));
  await bus.publish(buildEvent({ id: 'old and not ended' }));
  const [old, notEnded] = await reader.next(2);
  old!.ack();
  const created = await bus.streamCreated();

  await other.manager.streams.delete('default');

  expect(await bus.publish(buildEvent({ id: 'new' }))).toMatchObject({ duplicate: false });
  expect(await bus.told.seen('streamRebuilt')).toMatchObject({ stream: 'default' });
  await bus.publish(buildEvent({ id: 'newer' }));
  await reader.until(() => reader.ids.includes('newer'));
  notEnded!.ack();
  await reader.until(() => reader.ids.filter((id) => id === 'newer').length === 2);
  expect(reader.ids.slice(0, 4)).toEqual(['old', 'old and not ended', 'new', 'newer']);
  expect(await bus.streamCreated()).not.toBe(created);
});

test('a stream that is gone is made anew by the first who publishes', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  await bus.publish(buildEvent());
  await other.manager.streams.delete('default');

  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
  expect(bus.told.of('streamRebuilt')).toHaveLength(1);
});

test('state and queues whose streams somebody deletes are made anew', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  const [state, queue] = [await bus.state('sensor'), await bus.queue('sensor')];
  await state.set('k', Buffer.from('v'), 0);
  await queue.put(Buffer.from('b'), { id: 'i' });
  for (const name of ['KV_sensorium-sensor', 'sensorium-queue']) await other.manager.streams.delete(name);

  expect(await state.get('k')).toBeUndefined();
  await state.set('k', Buffer.from('v'), 0);
  expect((await queue.put(Buffer.from('b'), { id: 'i' })).duplicate).toBe(false);
});

test('an owner that loses its connection learns that its lease is lost before the next one has it', async () => {
  await using nats = await startNats();
  await using proxy = await startTcpProxy(nats.port);
  await using cutOff = await openJetStream(proxy);
  await using successor = await openJetStream(nats);
  const never = new AbortController().signal;
  const lease = await cutOff.lease('sensor', never);
  const state = await cutOff.state('sensor');
  const revision = await state.set('k', Buffer.from('mine'), 0);
  const happened: string[] = [];
  lease.lost.addEventListener('abort', () => happened.push('lost'));

  await proxy.cut();
  await successor.lease('sensor', never).then(() => happened.push('taken'));

  expect(happened).toEqual(['lost', 'taken']);
  await (await successor.state('sensor')).set('k', Buffer.from('theirs'), revision);
  await proxy.restore();
  await eventually(() => cutOff.connected);
  await expect(state.set('k', Buffer.from('late'), revision)).rejects.toMatchObject({ code: 'CONFLICT_STATE' });
});

test('an owner whose lease somebody else has taken learns it when it renews', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  const { lost } = await bus.lease('sensor', new AbortController().signal);

  await other.nats.request('$KV.sensorium_leases.sensor', 'somebody else');

  await eventually(() => lost.aborted);
  expect((await other.manager.streams.getMessage('KV_sensorium_leases', { last_by_subj: '$KV.sensorium_leases.sensor' }))?.string()).toBe(
    'somebody else',
  );
});

test('who takes over from an owner that was killed knows for how long that has been quiet; after a release there is nothing to know', async () => {
  await using nats = await startNats();
  await using proxy = await startTcpProxy(nats.port);
  await using bus = await openJetStream(nats);
  const never = new AbortController().signal;
  {
    await using killed = await openJetStream(proxy);
    await killed.lease('sensor', never);
    await proxy.cut();
  }

  const before = systemClock.monotonic();
  const lease = await bus.lease('sensor', never);
  expect(lease.quietSince).toBeGreaterThan(before - 1_500 - 1);
  expect(lease.quietSince).toBeLessThanOrEqual(systemClock.monotonic() - 1_500);
  await lease.release();
  expect((await bus.lease('sensor', never)).quietSince).toBeUndefined();
});

test('a lease that the servers have forgotten goes to nobody while its owner may count on it', async () => {
  await using nats = await startNats();
  await using proxy = await startTcpProxy(nats.port);
  await using cutOff = await openJetStream(proxy);
  const never = new AbortController().signal;
  // Whoever has a lease has read.
  await using reader = new Reader(cutOff);
  await cutOff.publish(buildEvent({ id: 'e' }));
  await reader.done(1);
  const lease = await cutOff.lease('sensor', never);
  const happened: string[] = [];
  lease.lost.addEventListener('abort', () => happened.push('lost'));

  await proxy.cut();
  await nats.restart();
  await using successor = await openJetStream(nats);
  await successor.lease('sensor', never).then(() => happened.push('taken'));

  expect(happened).toEqual(['lost', 'taken']);
});

test('an owner takes its lease back from servers that have forgotten it, though others wait for it', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await openJetStream(nats);
  await using reader = new Reader(bus);
  await bus.publish(buildEvent({ id: 'e' }));
  await reader.done(1);
  // A machine that is busy may take longer over the restart than a lease lasts.
  let isKept = false;
  for (let round = 0; round < 5 && !isKept; round++) {
    const over = new AbortController();
    const lease = await bus.lease('sensor', over.signal);
    const waiting = other.lease('sensor', over.signal).catch(() => undefined);
    await nats.restart();
    await systemClock.sleep(3000);
    isKept = !lease.lost.aborted;
    over.abort();
    await lease.release();
    await (await waiting)?.release();
  }

  expect(isKept).toBe(true);
});

test('an account that has no memory for streams keeps its leases on disk', async () => {
  const config = 'accounts { A { users [{ user: a, password: a }], jetstream { max_mem: 0, max_file: 100MB } } }\nno_auth_user: a';
  await using nats = await startNats({ config });
  await using bus = await openJetStream(nats);

  const { lost } = await bus.lease('sensor', new AbortController().signal);
  await systemClock.sleep(2500);

  expect(lost.aborted).toBe(false);
});

test('a lease survives a restart of the server that is short enough', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  const lease = await bus.lease('sensor', new AbortController().signal);

  await nats.restart();
  await bus.told.seen('busBack');
  await systemClock.sleep(2500);

  expect(lease.lost.aborted).toBe(false);
});
