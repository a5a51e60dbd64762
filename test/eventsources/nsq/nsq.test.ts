import { describe, expect, test } from 'vitest';
import { command, FrameReader } from '../../../eventsources/nsq/protocol.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { listen, payloadOf, testBus } from '../messages/listen.ts';
import { startNsqServer } from './server.ts';

const entry = (lookup: string, more: object = {}) => ({ hostAddress: lookup, topic: 'orders', channel: 'us', ...more });

describe('the nsq source', () => {
  test('finds the nsqd by nsqlookupd, and finishes a message when it is stored', async () => {
    await using server = await startNsqServer();
    const bus = testBus();
    bus.away = true;
    await using source = listen('nsq', entry(server.lookup, { metadata: { team: 'x' } }), { bus });
    await source.ready();

    server.send('{"n": 1}');
    await eventually(() => bus.attempts > 0);
    expect(server.waiting()).toBe(1);
    bus.away = false;

    expect((await source.events(1)).map((event) => event.data!.text)).toEqual([
      `{"body":"eyJuIjogMX0=","timestamp":"1784000000000000001","nsqdAddress":"127.0.0.1:${server.port}","metadata":{"team":"x"}}`,
    ]);
    await eventually(() => server.waiting() === 0);
    expect(server.commands).toEqual(['IDENTIFY', 'SUB orders us', 'RDY 64', 'NOP', 'FIN 0000000000000001']);
  });

  test('keeps a message that waits for the bus, however long', async () => {
    await using server = await startNsqServer({ messageTimeout: 20 });
    const bus = testBus();
    bus.away = true;
    await using source = listen('nsq', entry(server.lookup), { bus });
    await source.ready();

    server.send('x');

    await eventually(() => server.commands.filter((one) => one.startsWith('TOUCH')).length > 2);
  });

  test('loses and repeats nothing when the connection is cut', async () => {
    await using server = await startNsqServer();
    const bus = testBus();
    await using source = listen('nsq', entry(server.lookup, { jsonBody: true }), { bus });
    await source.ready();
    bus.away = true;
    for (let n = 0; n < 200; n++) server.send(`${n}`);
    await eventually(() => bus.attempts > 0);
    server.cut();
    await source.told.seen('senderAway');
    bus.away = false;

    const bodies = (await source.events(200)).map((event) => (payloadOf(event) as { body: number }).body);

    await eventually(() => server.waiting() === 0);
    expect(bodies.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  test('finishes what can never be an event, and says so', async () => {
    await using server = await startNsqServer();
    await using source = listen('nsq', entry(server.lookup, { jsonBody: true }));
    await source.ready();

    server.send('no JSON');
    server.send(JSON.stringify('x'.repeat(10_000_000)));
    server.send('1');

    expect((await source.events(1)).map((event) => (payloadOf(event) as { body: number }).body)).toEqual([1]);
    await eventually(() => server.waiting() === 0);
    expect(source.told.of('messageRefused')).toHaveLength(2);
  });

  test('shows its secret, and waits while it is refused or missing', async () => {
    await using server = await startNsqServer({ secret: 'sesame' });
    const kube = memoryKube();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const data = { right: base64('sesame\n'), wrong: base64('simsim') };
    kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'nsq', namespace: 'playground' }, data });
    await using right = listen('nsq', entry(server.lookup, { authSecret: { name: 'nsq', key: 'right' } }), { kube });
    await using wrong = listen('nsq', entry(server.lookup, { authSecret: { name: 'nsq', key: 'wrong' } }), { kube });
    await using none = listen('nsq', entry(server.lookup), { kube });

    await right.ready();
    const messages = await Promise.all([wrong, none].map(async ({ told }) => String((await told.seen('senderAway')).error)));

    expect(messages).toEqual([
      `EngineError: the nsqd at 127.0.0.1:${server.port} refused: E_UNAUTHORIZED AUTH failed`,
      `EngineError: the nsqd at 127.0.0.1:${server.port} refused: it asks for a secret: set \`authSecret\``,
    ]);
  });

  test('does not speak to an nsqd without TLS when it was told to use it', async () => {
    await using server = await startNsqServer();
    await using source = listen('nsq', entry(server.lookup, { tls: { enabled: true } }));

    const { error } = await source.told.seen('senderAway');

    expect(String(error)).toBe(`EngineError: the nsqd at 127.0.0.1:${server.port} refused: it does not speak TLS`);
  });

  test('waits for a nsqlookupd that is not there', async () => {
    await using source = listen('nsq', entry('127.0.0.1:1'));

    const { error } = await source.told.seen('senderAway');

    expect(String(error)).toBe(
      'EngineError: the topic orders by way of the nsqlookupd at 127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    );
  });
});

describe('frames', () => {
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 6, 0, 0, 0, 0]), Buffer.from('OK')]);

  test('are read whole, however their bytes come', () => {
    const reader = new FrameReader();
    const bytes = Buffer.concat([frame, frame, frame]);

    const texts = [...bytes]
      .flatMap((_, at) => [...reader.read(bytes.subarray(at, at + 1))])
      .map((one) => one.kind === 'response' && one.text);

    expect(texts).toEqual(['OK', 'OK', 'OK']);
  });

  test('that are none end the reading', () => {
    expect(() => [...new FrameReader().read(Buffer.from('HTTP/1.1 400 Bad Request'))]).toThrow('what came is not the protocol of nsqd');
  });

  test('of commands have a line, and a body with its length', () => {
    expect(command(['AUTH'], Buffer.from('xy')).toString('latin1')).toBe('AUTH\n\0\0\0\x02xy');
  });
});
