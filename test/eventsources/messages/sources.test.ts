/** What each source says of a message, and when it tells its sender that it has it; on small servers of the tests. */
import { describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startAmqpServer } from '../amqp/server.ts';
import { startMqttServer } from '../mqtt/server.ts';
import { startRedisServer } from '../redis/server.ts';
import { listen, payloadOf, testBus } from './listen.ts';

const bodiesOf = (events: readonly Parameters<typeof payloadOf>[0][]) =>
  events.map((event) => (payloadOf(event) as { body: unknown }).body);

describe('amqp', () => {
  const entry = (port: number, more: object = {}) => ({
    url: `amqp://127.0.0.1:${port}`,
    exchangeName: 'shop',
    exchangeType: 'topic',
    routingKey: '#',
    ...more,
  });

  test('a message is acknowledged when it is stored, and bears every field', async () => {
    await using server = await startAmqpServer();
    const bus = testBus();
    bus.away = true;
    await using source = listen('amqp', entry(server.port, { metadata: { team: 'x' } }), { bus });
    await source.ready();
    server.send('orders.new', 'x', 'm-1');
    await eventually(() => bus.attempts > 0);
    expect(server.waiting()).toBe(1);
    bus.away = false;

    expect((await source.events(1)).map((event) => event.data!.text)).toEqual([
      '{"contentType":"","contentEncoding":"","deliveryMode":0,"priority":0,"correlationId":"","replyTo":"","expiration":"","messageId":"m-1",' +
        '"timestamp":"0001-01-01 00:00:00 +0000 UTC","type":"","appId":"","exchange":"shop","routingKey":"orders.new","body":"eA==","metadata":{"team":"x"}}',
    ]);
    await eventually(() => server.waiting() === 0);
    expect(server.rejected).toEqual([]);
  });

  test('what is not JSON is rejected, what comes behind it is taken', async () => {
    await using server = await startAmqpServer();
    await using source = listen('amqp', entry(server.port, { jsonBody: true }));
    await source.ready();

    server.send('a', 'no JSON', '1');
    server.send('a', '2', '2');

    expect(bodiesOf(await source.events(1))).toEqual([2]);
    await eventually(() => server.waiting() === 0);
    expect(server.rejected).toEqual(['no JSON']);
  });

  test('with autoAck a message is acknowledged before it is stored', async () => {
    await using server = await startAmqpServer();
    const bus = testBus();
    bus.away = true;
    await using source = listen('amqp', entry(server.port, { consume: { autoAck: true } }), { bus });
    await source.ready();

    server.send('a', '1', '1');

    await eventually(() => server.waiting() === 0);
    expect(await bus.stored()).toEqual([]);
  });
});

describe('mqtt', () => {
  const entry = (port: number, more: object = {}) => ({
    url: `tcp://127.0.0.1:${port}`,
    topic: '#',
    clientId: 'us',
    jsonBody: true,
    ...more,
  });

  test('with qos 1 a message comes again until it is stored', async () => {
    await using server = await startMqttServer();
    server.expect('us');
    const bus = testBus();
    bus.away = true;
    await using source = listen('mqtt', entry(server.port, { qos: 1 }), { bus });
    await source.ready();
    server.publish('a', '1', 1);
    await eventually(() => bus.attempts > 0);
    server.cut();
    await source.told.seen('senderBack');
    bus.away = false;

    expect((await source.events(2)).map(payloadOf)).toEqual([
      { topic: 'a', messageId: 1, body: 1 },
      { topic: 'a', messageId: 1, body: 1 },
    ]);
  });

  test('what is not JSON is told once, and not sent again', async () => {
    await using server = await startMqttServer();
    server.expect('us');
    await using source = listen('mqtt', entry(server.port, { qos: 1 }));
    await source.ready();
    server.publish('a', 'no JSON', 1);
    server.publish('a', '2', 1);
    await eventually(() => server.waitingFor('us') === 0);
    server.cut();
    await source.told.seen('senderBack');
    server.publish('a', '3', 1);

    expect(bodiesOf(await source.events(2))).toEqual([2, 3]);
    expect(source.told.of('messageRefused')).toHaveLength(1);
  });
});

describe('emitter', () => {
  const entry = (port: number) => ({ broker: `tcp://127.0.0.1:${port}`, channelName: '/doors/front/', channelKey: 'KEY', jsonBody: true });

  test('the key stands before the channel, and is never told', async () => {
    await using server = await startMqttServer();
    await using source = listen('emitter', entry(server.port));
    await source.ready();

    server.publish('doors/front/', '{"open":true}');

    expect((await source.events(1)).map((event) => event.data!.text)).toEqual(['{"topic":"doors/front/","body":{"open":true}}']);
    expect(server.topics).toEqual(['KEY/doors/front/']);
    expect(JSON.stringify(source.told.all)).not.toContain('KEY');
  });

  test('what the broker has against the key is told in its words', async () => {
    await using server = await startMqttServer();
    await using source = listen('emitter', entry(server.port));
    await source.ready();

    server.publish('emitter/error/', '{"status":401,"message":"the key is not authorized"}');

    expect(String((await source.told.seen('senderAway')).error)).toBe(
      `EngineError: the Emitter broker at tcp://127.0.0.1:${server.port} refused: {"status":401,"message":"the key is not authorized"}`,
    );
  });
});

describe('redis', () => {
  test('a message is its text, or JSON', async () => {
    await using server = await startRedisServer();
    const entry = { hostAddress: `127.0.0.1:${server.port}`, channels: ['a'] };
    await using texts = listen('redis', entry);
    await using jsons = listen('redis', { ...entry, jsonBody: true });
    await Promise.all([texts.ready(), jsons.ready()]);

    server.publish('a', '{"n": 1}');

    expect((await texts.events(1)).map(payloadOf)).toEqual([{ channel: 'a', pattern: '', body: '{"n": 1}' }]);
    expect((await jsons.events(1)).map(payloadOf)).toEqual([{ channel: 'a', pattern: '', body: { n: 1 } }]);
  });
});

describe('redisStream', () => {
  test('an entry is acknowledged when it is stored, and has the same id when it comes again', async () => {
    await using server = await startRedisServer();
    server.append('s', { n: 'before' });
    const bus = testBus();
    bus.away = true;
    await using first = listen('redisStream', { hostAddress: `127.0.0.1:${server.port}`, streams: ['s'] }, { bus });
    await first.ready();
    server.append('s', { n: '1', text: 'ü' });
    await eventually(() => bus.attempts > 0);
    await first.stop();
    expect(server.pending('s')).toEqual(['2-0']);
    bus.away = false;
    await using second = listen('redisStream', { hostAddress: `127.0.0.1:${server.port}`, streams: ['s'] }, { bus });

    expect((await second.events(1)).map(payloadOf)).toEqual([{ stream: 's', message_id: '2-0', values: { n: '1', text: 'ü' } }]);
    await eventually(() => server.pending('s').length === 0);
  });
});
