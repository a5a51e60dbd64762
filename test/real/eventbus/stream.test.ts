import { jetstream } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import { nameBySubject } from '../../../eventbus/jetstream/durable.ts';
import { busNames } from '../../../eventbus/names.ts';
import { controllerDefaults, serverDefaults } from '../../../eventbus/stream-settings.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-event.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream, otherClient } from '../../support/open-bus.ts';
import { Reader } from '../../support/reader.ts';

test('the stream is made as the settings say, and kept as they say', async () => {
  await using nats = await startNats();
  await using other = await otherClient(nats);
  const config = async () => (await other.manager.streams.info('default')).config;
  {
    await using bus = await openJetStream(nats, { stream: { ...controllerDefaults, replicas: 1 } });
    await bus.publish(buildEvent());
  }
  expect(await config()).toMatchObject({
    description: 'Sensorium: events of team/default',
    subjects: ['default.*.*'],
    retention: 'limits',
    discard: 'new',
    storage: 'file',
    max_msgs: 50_000,
    max_bytes: -1,
    max_age: 168 * 3_600e9,
    duplicate_window: 300e9,
    num_replicas: 1,
  });

  await using changed = await openJetStream(nats, {
    stream: { maxMsgs: 7, maxBytes: 1_000_000, maxAge: 3_600_000, replicas: 1, duplicates: 60_000 },
  });

  expect(await config()).toMatchObject({ max_msgs: 7, max_bytes: 1_000_000, max_age: 3_600e9, duplicate_window: 60e9 });
  expect(await changed.publish(buildEvent({ id: 'e2' }))).toEqual({ sequence: 2, duplicate: false });
  expect(changed.told.all.map(({ name }) => name)).toEqual(['busConnected']);
});

test('a window of duplicates that is longer than events are kept is cut', async () => {
  await using nats = await startNats();
  await using other = await otherClient(nats);

  await using _bus = await openJetStream(nats, { stream: { ...controllerDefaults, replicas: 1, maxAge: 60_000 } });

  expect((await other.manager.streams.info('default')).config).toMatchObject({ max_age: 60e9, duplicate_window: 60e9 });
});

test('settings that the server does not take leave the stream as it is, with a warning', async () => {
  await using nats = await startNats();
  await using first = await openJetStream(nats);
  await first.publish(buildEvent());

  await using bus = await openJetStream(nats, { stream: { ...controllerDefaults, replicas: 1, maxBytes: 1e18 } });

  expect(bus.told.of('busWarning')).toMatchObject([
    { stream: 'default', warning: 'the settings of the stream cannot be changed; it stays as it is' },
  ]);
  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: true });
});

test('a process that runs leaves the settings to whoever was started after it, and does not ask twice for what is refused', async () => {
  await using nats = await startNats();
  await using other = await otherClient(nats);
  await using first = await openJetStream(nats, { stream: { ...controllerDefaults, replicas: 1, maxMsgs: 7 } });
  await using second = await openJetStream(nats, { stream: { ...controllerDefaults, replicas: 1, maxMsgs: 8, maxBytes: 1e18 } });
  await using third = await openJetStream(nats, { stream: { ...controllerDefaults, replicas: 1, maxMsgs: 9 } });

  for (const bus of [first, second, third]) await bus.streamCreated();

  expect((await other.manager.streams.info('default')).config).toMatchObject({ max_msgs: 9 });
  expect(second.told.of('busWarning').length).toBe(1);
});

test('fewer copies are kept where the servers cannot keep as many, and that is told', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { stream: controllerDefaults });

  expect(bus.told.of('busWarning').map(({ warning }) => warning)).toEqual(['the servers cannot keep 3 copies of the stream, so it has 1']);
  await (await bus.state('s')).set('k', Buffer.from('v'), 0);
});

test('a stream that Argo made is used as it is, with a warning', async () => {
  await using nats = await startNats();
  await using other = await otherClient(nats);
  await other.manager.streams.add({ name: 'default', subjects: ['default.*.*'], max_msgs: 50_000, discard: 'old' });
  const before = (await other.manager.streams.info('default')).config;

  await using bus = await openJetStream(nats, { stream: { ...serverDefaults, maxMsgs: 3 } });

  expect(bus.told.of('busWarning')).toEqual([
    {
      stream: 'default',
      warning: 'the stream was made by somebody else and is left as it is: when it is full, it drops its oldest messages, read or not',
    },
  ]);
  expect((await other.manager.streams.info('default')).config).toEqual(before);
  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
});

test('messages of an Argo event source are read, in both of its forms; what is no event says why', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  await using reader = new Reader(bus);
  const argo = {
    specversion: '1.0',
    id: 'a1',
    source: 'git',
    type: 'webhook',
    subject: 'push',
    datacontenttype: 'application/json',
    time: '2026-07-18T16:36:34.123456789Z',
  };
  const send = (body: string | Uint8Array) => other.nats.request('default.git.push', body);

  await send(JSON.stringify({ ...argo, data_base64: Buffer.from('{"a": 9007199254740993}').toString('base64') }));
  await send(`{"specversion":"1.0","id":"a2","source":"git","type":"webhook","subject":"push","data":{"a":9007199254740993}}`);
  await send(JSON.stringify({ ...argo, id: 'a3', datacontenttype: 'text/plain', data: 'text' }));
  await send('not json');
  await send('[1]');
  await send('{"id":"x"}');
  await send(JSON.stringify({ ...argo, source: '' }));
  await send(Uint8Array.of(255, 0));

  const deliveries = await reader.next(8);
  expect(deliveries.slice(0, 3).map(({ event }) => [event!.id, event!.time, event!.datacontenttype, event!.data!.text])).toEqual([
    ['a1', '2026-07-18T16:36:34.123456789Z', 'application/json', '{"a": 9007199254740993}'],
    ['a2', new Date(deliveries[1]!.storedAt).toISOString(), 'application/json', '{"a":9007199254740993}'],
    ['a3', '2026-07-18T16:36:34.123456789Z', 'text/plain', 'text'],
  ]);
  const refused = 'the message on default.git.push is not a CloudEvent:';
  expect(deliveries.slice(3).map(({ event, problem, subject }) => [event, problem, subject])).toEqual([
    [undefined, `${refused} it has no CloudEvents headers, and its body is not JSON`, 'default.git.push'],
    [undefined, `${refused} it has no CloudEvents headers, and its body is not a JSON object`, 'default.git.push'],
    [undefined, `${refused} it has no specversion`, 'default.git.push'],
    [undefined, `${refused} it has no source`, 'default.git.push'],
    [undefined, `${refused} it has no CloudEvents headers, and its body is not JSON`, 'default.git.push'],
  ]);
  for (const delivery of deliveries) delivery.ack();
});

test('events can be written as Argo writes them', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats, { eventFormat: 'structured' });
  await using other = await otherClient(nats);
  await bus.publish(buildEvent({ id: 'a1', extensions: { partitionkey: 'k' } }));

  const message = await other.manager.streams.getMessage('default', { seq: 1 });

  expect(message!.string()).toBe(
    '{"specversion":"1.0","id":"a1","source":"git","type":"webhook","subject":"push","datacontenttype":"application/json","time":"2026-07-18T12:00:00.123456789Z","data_base64":"eyJuIjoxfQ==","partitionkey":"k"}',
  );
  expect(message!.header.toString()).toBe('NATS/1.0\r\nNats-Msg-Id: a1\r\n\r\n');
  await using reader = new Reader(bus);
  const [delivery] = await reader.next(1);
  expect([delivery!.event!.data!.text, delivery!.event!.extensions]).toEqual(['{"n":1}', { partitionkey: 'k' }]);
});

test('our own form is a binary CloudEvent that others can read', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  await bus.publish(buildEvent({ id: 'a 1', extensions: { synthetic: 'true' } }));

  const message = await other.manager.streams.getMessage('default', { seq: 1 });

  expect(message!.string()).toBe('{"n":1}');
  expect(message!.header.toString().split('\r\n').filter(Boolean)).toEqual([
    'NATS/1.0',
    'Nats-Msg-Id: a%201',
    'ce-specversion: 1.0',
    'ce-id: a%201',
    'ce-source: git',
    'ce-type: webhook',
    'ce-subject: push',
    'ce-time: 2026-07-18T12:00:00.123456789Z',
    'ce-synthetic: true',
    'content-type: application/json',
  ]);
});

test('after the upgrade of a server before 2.10, one durable takes over from one for each origin, without a gap', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using other = await otherClient(nats);
  const origins = ['push', 'tag', 'fork'].map((subject) => ({ source: 'git', subject }));
  for (const { subject } of origins) {
    const filter_subject = `default.git.${subject}`;
    await other.manager.consumers.add('default', {
      durable_name: nameBySubject('sensorium-sensor', filter_subject),
      filter_subject,
      ack_policy: 'explicit',
    });
  }
  for (const [id, subject] of Object.entries({ p1: 'push', t1: 'tag', p2: 'push', t2: 'tag' }))
    await bus.publish(buildEvent({ id, subject }));
  const done = async (subject: string, count: number) => {
    const consumer = await jetstream(other.nats).consumers.get('default', nameBySubject('sensorium-sensor', `default.git.${subject}`));
    for (let n = 0; n < count; n++) await (await consumer.next())!.ackAck();
  };
  await done('push', 1);
  await done('tag', 2);

  await using reader = new Reader(bus, { origins });

  expect(await reader.done(2)).toEqual(['p2', 't2']);
  const names = (await other.manager.consumers.list('default').next()).map(({ name }) => name);
  expect(names).toEqual(['sensorium-sensor']);
});

test('two buses on one server never meet', async () => {
  await using nats = await startNats();
  const names = (name: string) => ({ names: busNames({ namespace: 'team', name, alone: false }) });
  await using one = await openJetStream(nats, names('default'));
  await using two = await openJetStream(nats, names('a.b'));
  await one.publish(buildEvent({ id: 'one' }));
  await two.publish(buildEvent({ id: 'two', data: EventData.fromText('2') }));
  await (await one.state('s')).set('k', Buffer.from('1'), 0);
  await (await one.queue('q')).put(Buffer.from('1'), { id: '1' });
  await (await one.parked()).put(Buffer.from('1'), { id: '1' });
  await one.lease('l', new AbortController().signal);

  await using reader = new Reader(two);
  expect(await reader.done(1)).toEqual(['two']);
  expect(await (await two.state('s')).get('k')).toBeUndefined();
  expect(await (await two.queue('q')).put(Buffer.from('2'), { id: '1' })).toEqual({ sequence: 1, duplicate: false });
  expect(await (await two.parked()).put(Buffer.from('2'), { id: '1' })).toEqual({ sequence: 1, duplicate: false });
  await two.lease('l', new AbortController().signal);
  await using other = await otherClient(nats);
  const streams = (await other.manager.streams.list().next()).map(({ config }) => config.name);
  expect(streams.sort()).toEqual([
    'KV_sensorium__team__default-s',
    'KV_sensorium_leases__team__a_2eb',
    'KV_sensorium_leases__team__default',
    'default__team__a_2eb',
    'default__team__default',
    'sensorium-parked__team__a_2eb',
    'sensorium-parked__team__default',
    'sensorium-queue__team__a_2eb',
    'sensorium-queue__team__default',
  ]);
});
