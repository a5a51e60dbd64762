import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, payloadOf, testBus } from '../../eventsources/messages/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

describe('the nats source on a real nats-server', () => {
  let server: Nats;
  let sender: NatsConnection;
  const kube = memoryKube();
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  kube.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'nats', namespace: 'playground' },
    data: { token: base64('sesame\n'), wrong: base64('simsim') },
  });
  const entry = (more: object = {}, port = server.port) => ({
    url: `nats://127.0.0.1:${port}`,
    auth: { token: { name: 'nats', key: 'token' } },
    ...more,
  });

  beforeAll(async () => {
    server = await startNats({ config: 'authorization { token: sesame }\nmax_payload: 16MB\n' });
    sender = await connect({ servers: server.url, token: 'sesame' });
    const streams = await jetstreamManager(sender);
    await streams.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
  });
  afterAll(async () => {
    await sender.close();
    await server[Symbol.asyncDispose]();
  });

  test('publishes what comes, with headers where there are some', async () => {
    await using bytes = listen('nats', entry({ subject: 'orders.*', metadata: { team: 'x' } }), { kube });
    await using jsons = listen('nats', entry({ subject: 'orders.new', jsonBody: true }), { kube });
    await Promise.all([bytes.ready(), jsons.ready()]);
    const marks = headers();
    marks.append('X-Id', 'a');
    marks.append('X-Id', 'b');

    sender.publish('orders.new', '{"n": 1}', { headers: marks });
    sender.publish('orders.old', 'x');

    expect((await bytes.events(2)).map(payloadOf)).toEqual([
      { subject: 'orders.new', body: 'eyJuIjogMX0=', header: { 'X-Id': ['a', 'b'] }, metadata: { team: 'x' } },
      { subject: 'orders.old', body: 'eA==', metadata: { team: 'x' } },
    ]);
    expect((await jsons.events(1)).map((event) => event.data!.text)).toEqual([
      '{"subject":"orders.new","body":{"n":1},"header":{"X-Id":["a","b"]}}',
    ]);
  });

  test('shares messages out in a queue group', async () => {
    await using one = listen('nats', entry({ subject: 'shared', queue: 'workers', jsonBody: true }), { kube });
    await using two = listen('nats', entry({ subject: 'shared', queue: 'workers', jsonBody: true }), { kube });
    await Promise.all([one.ready(), two.ready()]);

    for (let n = 0; n < 100; n++) sender.publish('shared', `${n}`);

    const taken = async () => (await Promise.all([one.bus.stored(), two.bus.stored()])).flat().length;
    await eventually(async () => (await taken()) >= 100);
    expect(await taken()).toBe(100);
  });

  test('subscribes again when the connection is cut, sets aside what it cannot use, and waits for what is not there', async () => {
    await using proxy = await startTcpProxy(server.port);
    await using source = listen('nats', entry({ subject: 'cut', jsonBody: true }, proxy.port), { kube });
    await source.ready();
    await proxy.cut();
    const { error } = await source.told.seen('senderAway');
    await proxy.restore();
    await source.told.seen('senderBack');
    sender.publish('cut', 'no JSON');
    sender.publish('cut', JSON.stringify('x'.repeat(10_000_000)));
    sender.publish('cut', '1');

    expect((await source.events(1)).map(payloadOf)).toEqual([{ subject: 'cut', body: 1 }]);
    expect(source.told.of('messageRefused')).toHaveLength(2);
    expect(String(error)).toBe(`EngineError: the NATS server at nats://127.0.0.1:${proxy.port} cannot be reached: the connection was lost`);
  });

  test('waits for a server that is there and takes its token', async () => {
    const port = await freePort();
    await using away = listen('nats', entry({ subject: 'x' }, port), { kube });
    await using wrong = listen('nats', entry({ subject: 'x', auth: { token: { name: 'nats', key: 'wrong' } } }), { kube });

    const messages = await Promise.all([away, wrong].map(async ({ told }) => String((await told.seen('senderAway')).error)));

    expect(messages).toEqual([
      `EngineError: the NATS server at nats://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
      `EngineError: the NATS server at ${server.url} refused: Authorization Violation`,
    ]);
    expect([away.isReady(), wrong.isReady()]).toEqual([false, false]);
  });

  test('with jetstream nothing is lost or repeated: not while it is down, not while the bus is away, not when the server is killed', async () => {
    const bus = testBus();
    const spec = (port?: number) => entry({ subject: 'kept.*', jetstream: {}, jsonBody: true }, port);
    const send = async (from: number, to: number) => {
      for (let n = from; n < to; n++) await jetstream(sender).publish(`kept.${n % 3}`, `${n}`);
    };
    await send(-10, 0);
    {
      await using first = listen('nats', spec(), { kube, bus });
      await first.ready();
      await send(0, 50);
      await first.events(50);
    }
    await send(50, 100);
    bus.away = true;
    {
      await using second = listen('nats', spec(), { kube, bus });
      await eventually(() => bus.attempts > 50);
      await second.ready();
    }
    bus.away = false;
    await using third = listen('nats', spec(), { kube, bus });
    await third.events(100);
    const { consumers } = await jetstreamManager(sender);
    await eventually(async () => (await consumers.info('KEPT', 'playground__es__event')).num_ack_pending === 0);
    await server.restart();
    await eventually(() => sender.rtt());
    await send(100, 150);

    const bodies = (await third.events(150)).map((event) => (payloadOf(event) as { body: number }).body);

    expect(bodies.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, n) => n));
  });

  test('waits for a stream that takes the subject', async () => {
    await using source = listen('nats', entry({ subject: 'nobody', jetstream: {} }), { kube });

    const { error } = await source.told.seen('senderAway');

    expect(String(error)).toBe(`EngineError: the NATS server at ${server.url} refused: no stream takes the subject nobody`);
  });
});
