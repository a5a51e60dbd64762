import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, payloadOf, testBus } from '../../eventsources/messages/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { freePort } from '../../support/ports.ts';
import { haveProgram, type Program, startProgram } from '../../support/program.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

describe.runIf(haveProgram('rabbitmq-server', 'amqp on a real server'))('the amqp source on a real rabbitmq-server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-rabbitmq-'));
  let names: Program;
  let server: Program;
  let connection: ChannelModel;
  let sender: ConfirmChannel;
  const kube = memoryKube();
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  kube.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'amqp', namespace: 'playground' },
    data: { user: base64('guest'), password: base64('guest\n'), wrong: base64('simsim') },
  });

  beforeAll(async () => {
    const [port, epmd, dist] = [await freePort(), await freePort(), await freePort()];
    names = await startProgram('epmd', ['-port', `${epmd}`], epmd);
    const env = {
      HOME: folder,
      ERL_EPMD_PORT: `${epmd}`,
      RABBITMQ_NODENAME: `sensorium${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: `${port}`,
      RABBITMQ_DIST_PORT: `${dist}`,
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    };
    server = await startProgram('/usr/lib/rabbitmq/bin/rabbitmq-server', [], port, { env, within: 60_000 });
    connection = await eventually(() => connect(`amqp://127.0.0.1:${port}`), 30_000);
    sender = await connection.createConfirmChannel();
  }, 100_000);
  afterAll(async () => {
    await connection?.close();
    await server?.kill();
    await names?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const entry = (queue: string, more: object = {}, port = server.port) => ({
    url: `amqp://127.0.0.1:${port}`,
    exchangeName: 'shop',
    exchangeType: 'topic',
    routingKey: `${queue}.#`,
    queueDeclare: { name: queue, durable: true },
    ...more,
  });
  const send = async (key: string, text: string, options: object = {}) => {
    sender.publish('shop', key, Buffer.from(text), options);
    await sender.waitForConfirms();
  };

  test('publishes messages with their properties, in base64 or as JSON', async () => {
    await using bytes = listen('amqp', entry('bytes', { queueDeclare: undefined, routingKey: 'all.#', metadata: { team: 'x' } }), { kube });
    await using jsons = listen('amqp', entry('all', { jsonBody: true }), { kube });
    await Promise.all([bytes.ready(), jsons.ready()]);

    await send('all.new', '{"n": 1}', {
      messageId: 'm-1',
      contentType: 'application/json',
      timestamp: 1_784_000_000,
      priority: 3,
      persistent: true,
    });

    const said = {
      contentType: 'application/json',
      contentEncoding: '',
      deliveryMode: 2,
      priority: 3,
      correlationId: '',
      replyTo: '',
      expiration: '',
      messageId: 'm-1',
      timestamp: '2026-07-14 03:33:20 +0000 UTC',
      type: '',
      appId: '',
      exchange: 'shop',
      routingKey: 'all.new',
    };
    expect((await bytes.events(1)).map(payloadOf)).toEqual([{ ...said, body: 'eyJuIjogMX0=', metadata: { team: 'x' } }]);
    expect((await jsons.events(1)).map(payloadOf)).toEqual([{ ...said, body: { n: 1 } }]);
  });

  test('acknowledges what is stored, and loses nothing over stops, cuts and a bus that is away', async () => {
    const bus = testBus();
    const send50 = async (from: number) => {
      for (let n = from; n < from + 50; n++)
        sender.publish('shop', 'kept.x', Buffer.from(`${n}`), { messageId: `m${n}`, persistent: true });
      await sender.waitForConfirms();
    };
    const spec = (port?: number) => entry('kept', { jsonBody: true }, port);
    {
      await using first = listen('amqp', spec(), { kube, bus });
      await first.ready();
      await send50(0);
      await first.events(50);
    }
    await send50(50);
    bus.away = true;
    {
      await using second = listen('amqp', spec(), { kube, bus });
      await eventually(() => bus.attempts > 50);
      await second.ready();
    }
    bus.away = false;
    await using proxy = await startTcpProxy(server.port);
    await using third = listen('amqp', spec(proxy.port), { kube, bus });
    await third.events(100);
    bus.away = true;
    await send50(100);
    await proxy.cut();
    await third.told.seen('senderAway');
    bus.away = false;
    await proxy.restore();
    await send50(150);

    const bodies = (await third.events(200)).map((event) => (payloadOf(event) as { body: number }).body);

    expect(bodies).toEqual(Array.from({ length: 200 }, (_, n) => n));
    await eventually(async () => (await sender.checkQueue('kept')).messageCount === 0);
    await third.stop();
    expect((await sender.checkQueue('kept')).messageCount).toBe(0);
  });

  test('hands what is not JSON to the dead-letter exchange of the queue', async () => {
    await sender.assertExchange('refused', 'fanout');
    const { queue } = await sender.assertQueue('graveyard');
    await sender.bindQueue(queue, 'refused', '');
    const queueDeclare = { name: 'odd', durable: true, arguments: 'x-dead-letter-exchange: refused' };
    await using source = listen('amqp', entry('odd', { jsonBody: true, queueDeclare }), { kube });
    await source.ready();

    await send('odd', 'no JSON');
    await send('odd', JSON.stringify('x'.repeat(10_000_000)));
    await send('odd', '1');

    expect((await source.events(1)).map((event) => (payloadOf(event) as { body: number }).body)).toEqual([1]);
    await eventually(async () => (await sender.checkQueue('graveyard')).messageCount === 2);
    const dead = await sender.get('graveyard');
    expect(dead ? dead.content.toString() : undefined).toBe('no JSON');
  });

  test('with autoAck a message is acknowledged before it is stored', async () => {
    const bus = testBus();
    bus.away = true;
    await using source = listen('amqp', entry('quick', { consume: { autoAck: true } }), { kube, bus });
    await source.ready();
    await send('quick', 'x');
    await eventually(() => bus.attempts > 0);
    await source.stop();

    expect((await sender.checkQueue('quick')).messageCount).toBe(0);
  });

  test('what is acknowledged in the moment of a stop is acknowledged', async () => {
    const bus = testBus();
    const source = listen('amqp', entry('late', { consume: { autoAck: true } }), { kube, bus });
    let stopped: Promise<unknown> | undefined;
    bus.away = true;
    Object.defineProperty(bus, 'attempts', { get: () => 0, set: () => (stopped ??= Promise.resolve(source.stop())) });
    await source.ready();
    await send('late', 'x');
    await eventually(() => stopped !== undefined);
    await stopped;

    // Nobody takes from it any more: now it is there, unless the server has its acknowledgement.
    await eventually(async () => (await sender.checkQueue('late')).consumerCount === 0);
    expect((await sender.checkQueue('late')).messageCount).toBe(0);
  });

  test('waits for a server that takes its password, and for a queue that may be declared as it says', async () => {
    const auth = { username: { name: 'amqp', key: 'user' }, password: { name: 'amqp', key: 'wrong' } };
    await using wrong = listen('amqp', entry('auth', { auth }), { kube });
    await sender.assertQueue('other', { durable: false });
    await using other = listen('amqp', entry('other'), { kube });

    const messages = await Promise.all([wrong, other].map(async ({ told }) => String((await told.seen('senderAway')).error)));

    expect(messages).toEqual([
      expect.stringMatching(/^EngineError: the AMQP server at 127\.0\.0\.1:\d+ refused: 403 \(ACCESS-REFUSED\)/),
      expect.stringMatching(
        /refused: 406 \(PRECONDITION-FAILED\) with message "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'other'/,
      ),
    ]);
  });

  test('waits for a server that is not there, and declares a deleted queue again', async () => {
    const port = await freePort();
    await using away = listen('amqp', entry('away', {}, port), { kube });
    await using source = listen('amqp', entry('deleted'), { kube });
    await source.ready();
    await sender.deleteQueue('deleted');
    const gone = await source.told.seen('senderAway');
    await source.told.seen('senderBack');
    await send('deleted', 'x');

    expect(await source.events(1)).toHaveLength(1);
    expect(String(gone.error)).toContain('cannot be reached: the queue deleted is gone');
    expect(String((await away.told.seen('senderAway')).error)).toBe(
      `EngineError: the AMQP server at 127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });
});
