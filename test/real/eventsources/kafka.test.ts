import kafkajs, { type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, payloadOf, testBus } from '../../eventsources/messages/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { type Kafka, startKafka } from '../../support/kafka.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { freePort } from '../../support/ports.ts';

describe('the kafka source on a real broker', { timeout: 60_000 }, () => {
  let server: Kafka;
  let client: kafkajs.Kafka;
  let sender: Producer;

  beforeAll(async () => {
    server = await startKafka({ partitions: 3 });
    client = new kafkajs.Kafka({ brokers: [server.broker], logLevel: kafkajs.logLevel.NOTHING });
    sender = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await sender.connect();
  });
  afterAll(async () => {
    await sender.disconnect();
    await server[Symbol.asyncDispose]();
  });

  const send = (
    topic: string,
    ...messages: { value: string | null; key?: string; partition?: number; headers?: Record<string, string> }[]
  ) => sender.send({ topic, messages: messages.map((message) => ({ timestamp: '1784000000500', ...message })) });
  const entry = (topic: string, more: object = {}) => ({
    url: server.broker,
    topic,
    consumerGroup: { groupName: `group-${topic}` },
    ...more,
  });
  const bodiesOf = (events: readonly { data: unknown }[]) =>
    events.map((event) => (payloadOf(event as never) as { body: number }).body).toSorted((a, b) => a - b);
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

  test('publishes messages as Argo does, with an id that says where each is', async () => {
    await send('shape', { value: 'old news', partition: 1 });
    await using source = listen('kafka', entry('shape', { metadata: { team: 'x' }, jsonBody: true }));
    await source.ready();

    await send('shape', { value: '{"n": 1}', key: 'k', partition: 1, headers: { a: 'b' } }, { value: null, partition: 1 });

    const events = await source.events(2);
    expect(events.map(({ id }) => id)).toEqual([`es:event:${server.broker}:shape:1:1`, `es:event:${server.broker}:shape:1:2`]);
    const said = { topic: 'shape', partition: 1, timestamp: '2026-07-14 03:33:20.5 +0000 UTC', metadata: { team: 'x' } };
    expect(events.map(payloadOf)).toEqual([
      { ...said, key: 'k', body: { n: 1 }, headers: { a: 'b' } },
      { ...said, key: '', body: null, headers: {} },
    ]);
  });

  test('a new group begins with the oldest when it is asked to', async () => {
    await send('oldest', { value: '0' }, { value: '1' });
    await using source = listen('kafka', entry('oldest', { consumerGroup: { groupName: 'g', oldest: true }, jsonBody: true }));

    expect(bodiesOf(await source.events(2))).toEqual([0, 1]);
  });

  test.each([
    ['a group', {}],
    ['one partition', { consumerGroup: undefined, partition: '0' }],
  ])('%s loses and repeats nothing over stops, before its first message too, and a bus that is away', async (name, more) => {
    const topic = name.replace(' ', '-');
    const bus = testBus();
    const spec = entry(topic, { jsonBody: true, ...more });
    const sendAll = (from: number, to: number) => send(topic, ...numbers(from, to).map((n) => ({ value: `${n}`, partition: 0 })));
    await sendAll(-10, 0);
    {
      await using first = listen('kafka', spec, { bus });
      await first.ready();
    }
    await sendAll(0, 200);
    bus.away = true;
    {
      await using second = listen('kafka', spec, { bus });
      await second.ready();
      await eventually(() => bus.attempts > 0);
    }
    bus.away = false;
    {
      await using third = listen('kafka', spec, { bus });
      await third.events(200);
    }
    await using fourth = listen('kafka', spec, { bus });
    await sendAll(200, 250);

    expect(bodiesOf(await fourth.events(250))).toEqual(numbers(0, 250));
  });

  test('comes back when a broker does that was killed', async () => {
    await send('killed', { value: '-1' });
    await using source = listen('kafka', entry('killed', { jsonBody: true }));
    await source.ready();
    await server.kill();
    await source.told.seen('senderAway', () => true, 30_000);
    expect(source.isReady()).toBe(false);
    await server.restart();
    await eventually(() => send('killed', ...numbers(0, 5).map((n) => ({ value: `${n}` }))), 20_000);
    await source.told.seen('senderBack', () => true, 30_000);
    await eventually(() => source.isReady());
  }, 150_000);

  test('takes all of a topic that was not there at first, skips what it cannot use, and says so', async () => {
    await using source = listen('kafka', entry('odd', { jsonBody: true }));
    await source.told.seen('senderAway');

    await send(
      'odd',
      { value: 'no JSON', partition: 0 },
      { value: JSON.stringify('&'.repeat(300_000)), partition: 0 },
      { value: '1', partition: 0 },
    );

    expect(bodiesOf(await source.events(1))).toEqual([1]);
    expect(source.told.of('messageRefused').map(({ offset, error }) => [offset, (error as { code: string }).code])).toEqual([
      ['0', 'EVENT_NOT_JSON'],
      ['1', 'EVENT_TOO_LARGE'],
    ]);
  });

  test('takes no more in a second than it is told to', async () => {
    await send('slow', ...numbers(0, 10).map((n) => ({ value: `${n}`, partition: 0 })));
    await using source = listen(
      'kafka',
      entry('slow', { consumerGroup: { groupName: 'slow', oldest: true }, limitEventsPerSecond: 20, jsonBody: true }),
    );
    const [first] = await source.events(1);

    const last = (await source.events(10)).at(-1);

    expect(Date.parse(last!.time) - Date.parse(first!.time)).toBeGreaterThanOrEqual(9 * 45);
  });

  test('waits for a broker that is not there, and for a partition that is not there', async () => {
    const port = await freePort();
    await using away = listen('kafka', entry('x', { url: `127.0.0.1:${port}` }));
    await send('three', { value: '0' });
    await using wrong = listen('kafka', entry('three', { consumerGroup: undefined, partition: '7' }));

    const messages = await Promise.all([away, wrong].map(async ({ told }) => String((await told.seen('senderAway')).error)));

    expect(messages).toEqual([
      expect.stringContaining(`Kafka at 127.0.0.1:${port} cannot be reached: `),
      `EngineError: Kafka at ${server.broker} refused: the topic three has no partition 7`,
    ]);
  });

  test('shows its credentials, and waits while they are refused', async () => {
    await using locked = await startKafka({ user: 'SCRAM-SHA-256:shop:sesame' });
    const kube = memoryKube();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    kube.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'kafka', namespace: 'playground' },
      data: { user: base64('shop'), password: base64('sesame'), wrong: base64('simsim') },
    });
    const sasl = (key: string) => ({
      mechanism: 'SCRAM-SHA-256',
      userSecret: { name: 'kafka', key: 'user' },
      passwordSecret: { name: 'kafka', key },
    });
    const maker = new kafkajs.Kafka({
      brokers: [locked.broker],
      sasl: { mechanism: 'scram-sha-256', username: 'shop', password: 'sesame' },
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await maker.connect();
    await maker.createTopics({ topics: [{ topic: 'auth' }] });
    await maker.disconnect();
    await using right = listen('kafka', { ...entry('auth', { sasl: sasl('password') }), url: locked.broker }, { kube });
    await using wrong = listen('kafka', { ...entry('auth', { sasl: sasl('wrong') }), url: locked.broker }, { kube });

    await right.ready();

    expect(String((await wrong.told.seen('senderAway')).error)).toMatch(/^EngineError: Kafka at 127\.0\.0\.1:\d+ refused: /);
  });
});
