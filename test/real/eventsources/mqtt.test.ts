import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, payloadOf, testBus } from '../../eventsources/messages/listen.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { freePort } from '../../support/ports.ts';
import { haveProgram, type Program, startProgram, whereIs } from '../../support/program.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

describe.runIf(haveProgram('mosquitto', 'mqtt on a real broker'))('the mqtt source on a real mosquitto', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-mosquitto-'));
  let broker: Program;
  let sender: MqttClient;
  const kube = memoryKube();
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  kube.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'mqtt', namespace: 'playground' },
    data: { user: base64('door'), password: base64('sesame\n'), wrong: base64('simsim') },
  });
  const entry = (clientId: string, more: object = {}, port = broker.port) => ({
    url: `tcp://127.0.0.1:${port}`,
    topic: 'halls/#',
    clientId,
    auth: { username: { name: 'mqtt', key: 'user' }, password: { name: 'mqtt', key: 'password' } },
    ...more,
  });

  beforeAll(async () => {
    const port = await freePort();
    chmodSync(folder, 0o755);
    execFileSync(whereIs('mosquitto_passwd') ?? 'mosquitto_passwd', ['-b', '-c', join(folder, 'passwords'), 'door', 'sesame']);
    chmodSync(join(folder, 'passwords'), 0o644);
    writeFileSync(
      join(folder, 'mosquitto.conf'),
      `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${join(folder, 'passwords')}\nmax_queued_messages 10000\n`,
    );
    broker = await startProgram('mosquitto', ['-c', join(folder, 'mosquitto.conf')], port);
    sender = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: 'door', password: 'sesame' });
  });
  afterAll(async () => {
    await sender.endAsync(true);
    await broker.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test('publishes what comes, in base64 or as JSON', async () => {
    await using bytes = listen('mqtt', entry('bytes', { metadata: { team: 'x' } }), { kube });
    await using jsons = listen('mqtt', entry('jsons', { jsonBody: true }), { kube });
    await Promise.all([bytes.ready(), jsons.ready()]);

    await sender.publishAsync('halls/1/door', '{"open": true}');

    expect((await bytes.events(1)).map(payloadOf)).toEqual([
      { topic: 'halls/1/door', messageId: 0, body: 'eyJvcGVuIjogdHJ1ZX0=', metadata: { team: 'x' } },
    ]);
    expect((await jsons.events(1)).map((event) => event.data!.text)).toEqual([
      '{"topic":"halls/1/door","messageId":0,"body":{"open":true}}',
    ]);
  });

  test('subscribes again when the connection is cut', async () => {
    await using proxy = await startTcpProxy(broker.port);
    await using source = listen('mqtt', entry('cut', { jsonBody: true }, proxy.port), { kube });
    await source.ready();
    await proxy.cut();
    const { error } = await source.told.seen('senderAway');
    await proxy.restore();
    await source.told.seen('senderBack');

    await sender.publishAsync('halls/2', '1');

    expect((await source.events(1)).map(payloadOf)).toEqual([{ topic: 'halls/2', messageId: 0, body: 1 }]);
    expect(String(error)).toBe(
      `EngineError: the MQTT broker at tcp://127.0.0.1:${proxy.port} cannot be reached: the connection was closed`,
    );
  });

  test('waits for a broker that takes its password', async () => {
    const auth = { username: { name: 'mqtt', key: 'user' }, password: { name: 'mqtt', key: 'wrong' } };
    await using source = listen('mqtt', entry('wrong', { auth }), { kube });

    const { error } = await source.told.seen('senderAway');

    expect(String(error)).toBe(`EngineError: the MQTT broker at tcp://127.0.0.1:${broker.port} refused: Not authorized`);
    expect(source.isReady()).toBe(false);
  });

  test('with qos 1 nothing is lost: not while it is down, not while the bus is away, not when the connection is cut', async () => {
    const bus = testBus();
    const spec = (port?: number) => entry('kept', { topic: 'kept/+', qos: 1, jsonBody: true }, port);
    const send = (from: number, to: number) =>
      Promise.all(Array.from({ length: to - from }, (_, at) => sender.publishAsync(`kept/${(from + at) % 3}`, `${from + at}`, { qos: 1 })));
    {
      await using first = listen('mqtt', spec(), { kube, bus });
      await first.ready();
      await send(0, 50);
      await first.events(50);
    }
    await send(50, 100);
    {
      bus.away = true;
      await using second = listen('mqtt', spec(), { kube, bus });
      await second.ready();
      await eventually(() => bus.attempts > 50);
    }
    bus.away = false;
    await using proxy = await startTcpProxy(broker.port);
    await using third = listen('mqtt', spec(proxy.port), { kube, bus });
    await third.events(100);
    bus.away = true;
    await send(100, 150);
    await proxy.cut();
    await third.told.seen('senderAway');
    bus.away = false;
    await proxy.restore();
    await send(150, 200);

    const bodies = async () => (await bus.stored()).map((event) => (payloadOf(event) as { body: number }).body);
    await eventually(async () => new Set(await bodies()).size === 200);

    for (const topic of [0, 1, 2]) {
      const first = [...new Set((await bodies()).filter((n) => n % 3 === topic))];
      expect(first).toEqual(first.toSorted((a, b) => a - b));
    }
  });

  test('what is not JSON is set aside, and the broker does not send it again', async () => {
    const spec = entry('odd', { topic: 'odd', qos: 1, jsonBody: true });
    const bus = testBus();
    {
      await using source = listen('mqtt', spec, { kube, bus });
      await source.ready();
      await sender.publishAsync('odd', 'no JSON', { qos: 1 });
      await sender.publishAsync('odd', JSON.stringify('x'.repeat(10_000_000)), { qos: 1 });
      await sender.publishAsync('odd', '1', { qos: 1 });
      await source.events(1);
      expect(source.told.of('messageRefused').map(({ error }) => (error as Error).message)).toEqual([
        expect.stringContaining('the event is not JSON'),
        expect.stringMatching(/^the event has 100\d+ bytes, the bus takes 1048576$/),
      ]);
    }
    await using source = listen('mqtt', spec, { kube, bus });
    await source.ready();
    await sender.publishAsync('odd', '2', { qos: 1 });

    expect((await source.events(2)).map((event) => (payloadOf(event) as { body: number }).body)).toEqual([1, 2]);
    expect(source.told.of('messageRefused')).toEqual([]);
  });
});
