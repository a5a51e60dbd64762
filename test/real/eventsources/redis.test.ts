import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, payloadOf, testBus } from '../../eventsources/messages/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { freePort } from '../../support/ports.ts';
import { haveProgram, type Program, startProgram } from '../../support/program.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const words = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--requirepass', 'sesame'];

const start = (port: number) => startProgram('redis-server', ['--port', `${port}`, ...words], port);

const clientAt = async (port: number) => {
  const client = createClient({ socket: { host: '127.0.0.1', port }, password: 'sesame' });
  client.on('error', () => {});
  return client.connect();
};

describe.runIf(haveProgram('redis-server', 'redis and redisStream on a real server'))('on a real redis-server', () => {
  let server: Program;
  let sender: Awaited<ReturnType<typeof clientAt>>;
  const kube = memoryKube();
  kube.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'redis', namespace: 'playground' },
    data: { password: Buffer.from('sesame\n').toString('base64'), wrong: Buffer.from('simsim').toString('base64') },
  });
  const access = (port: number, key = 'password') => ({
    hostAddress: `127.0.0.1:${port}`,
    password: { name: 'redis', key },
    namespace: 'playground',
  });

  beforeAll(async () => {
    server = await start(await freePort());
    sender = await clientAt(server.port);
  });
  afterAll(async () => {
    sender.destroy();
    await server.kill();
  });

  describe('the redis source', () => {
    test('publishes what is sent to its channels, as text or as JSON', async () => {
      await using texts = listen('redis', { ...access(server.port), channels: ['a', 'b'], metadata: { team: 'x' } }, { kube });
      await using jsons = listen('redis', { ...access(server.port), channels: ['b'], jsonBody: true }, { kube });
      await Promise.all([texts.ready(), jsons.ready()]);

      await sender.publish('a', 'grüße');
      await sender.publish('b', '{"n": 12345678901234567890}');
      await sender.publish('c', 'nobody listens');

      expect((await texts.events(2)).map(payloadOf)).toEqual([
        { channel: 'a', pattern: '', body: 'grüße', metadata: { team: 'x' } },
        { channel: 'b', pattern: '', body: '{"n": 12345678901234567890}', metadata: { team: 'x' } },
      ]);
      expect((await jsons.events(1)).map((event) => event.data!.text)).toEqual([
        '{"channel":"b","pattern":"","body":{"n":12345678901234567890}}',
      ]);
    });

    test('subscribes again when the connection is cut, and says so once', async () => {
      await using proxy = await startTcpProxy(server.port);
      await using source = listen('redis', { ...access(proxy.port), channels: ['cut'] }, { kube });
      await source.ready();
      await proxy.cut();
      await source.told.seen('senderAway');
      await eventually(() => !source.isReady());
      await proxy.restore();
      await source.told.seen('senderBack');

      await sender.publish('cut', 'after');

      expect((await source.events(1)).map(payloadOf)).toEqual([{ channel: 'cut', pattern: '', body: 'after' }]);
      expect(source.told.of('workerFailed')).toEqual([]);
    });

    test('waits for a server that takes its password', async () => {
      await using source = listen('redis', { ...access(server.port, 'wrong'), channels: ['a'] }, { kube });

      const { error } = await source.told.seen('senderAway');

      expect(String(error)).toBe(
        `EngineError: the Redis server at 127.0.0.1:${server.port} refused: WRONGPASS invalid username-password pair or user is disabled.`,
      );
      expect(source.isReady()).toBe(false);
    });

    test('waits for a server that is not there', async () => {
      const port = await freePort();
      await using source = listen('redis', { ...access(port), channels: ['late'] }, { kube });
      const { error } = await source.told.seen('senderAway');
      await using late = await start(port);
      await source.ready();

      const client = await clientAt(late.port);
      await client.publish('late', 'x');
      client.destroy();

      expect(await source.events(1)).toHaveLength(1);
      expect(String(error)).toBe(
        `EngineError: the Redis server at 127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
      );
    });

    test('sets aside what is not JSON and what is too large for the bus, and goes on', async () => {
      await using source = listen('redis', { ...access(server.port), channels: ['odd'], jsonBody: true }, { kube });
      await source.ready();

      await sender.publish('odd', '{"broken": ');
      await sender.publish('odd', JSON.stringify('x'.repeat(10_000_000)));
      await sender.publish('odd', '1');

      expect((await source.events(1)).map(payloadOf)).toEqual([{ channel: 'odd', pattern: '', body: 1 }]);
      expect(source.told.of('messageRefused').map(({ error }) => (error as { code: string }).code)).toEqual([
        'EVENT_NOT_JSON',
        'EVENT_TOO_LARGE',
      ]);
    });
  });

  describe('the redisStream source', () => {
    const stream = (port: number, ...streams: string[]) => {
      const { namespace: _, ...rest } = access(port);
      return { ...rest, streams };
    };

    test('publishes entries, and acknowledges them when they are stored', async () => {
      await sender.xAdd('orders', '*', { old: 'news' });
      const bus = testBus();
      await using source = listen('redisStream', stream(server.port, 'orders'), { kube, bus });
      await source.ready();
      bus.away = true;

      const id = await sender.xAdd('orders', '*', { n: '1', text: 'ü' });
      await eventually(() => bus.attempts > 0);
      expect((await sender.xPending('orders', 'argo-events-cg')).pending).toBe(1);
      bus.away = false;

      expect((await source.events(1)).map(payloadOf)).toEqual([{ stream: 'orders', message_id: id, values: { n: '1', text: 'ü' } }]);
      await eventually(async () => (await sender.xPending('orders', 'argo-events-cg')).pending === 0);
    });

    test('loses nothing and repeats nothing over stops at any moment', async () => {
      await sender.xAdd('lives', '*', { n: 'before' });
      const bus = testBus();
      for (let life = 0; life < 4; life++) {
        await using source = listen('redisStream', stream(server.port, 'lives'), { kube, bus });
        await source.ready();
        bus.away = life === 2;
        for (let n = 0; n < 25; n++) await sender.xAdd('lives', '*', { n: `${life}.${n}` });
        if (life % 2 === 0) await eventually(() => bus.attempts > 0);
      }
      bus.away = false;
      await using source = listen('redisStream', stream(server.port, 'lives'), { kube, bus });

      const values = (await source.events(100)).map((event) => (payloadOf(event) as { values: { n: string } }).values.n);

      expect(values).toEqual(Array.from({ length: 100 }, (_, at) => `${Math.floor(at / 25)}.${at % 25}`));
    });

    test('takes all of a stream that was not there at first, and of one that is made anew', async () => {
      await using source = listen('redisStream', stream(server.port, 'later'), { kube });
      const { error } = await source.told.seen('senderAway');
      await sender.xAdd('later', '*', { n: 'first' });
      await source.events(1);
      await sender.del('later');
      await sender.xAdd('later', '*', { n: 'second' });

      expect((await source.events(2)).map((event) => (payloadOf(event) as { values: object }).values)).toEqual([
        { n: 'first' },
        { n: 'second' },
      ]);
      expect(String(error)).toContain('refused: ERR The XGROUP subcommand requires the key to exist.');
    });
  });
});
