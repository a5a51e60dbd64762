import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../../eventsources/messages/listen.ts';
import { startNsqServer } from '../../eventsources/nsq/server.ts';
import { makeMutualCertificates } from '../../support/client-certificates.ts';
import { startKafka } from '../../support/kafka.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import { haveProgram, startProgram } from '../../support/program.ts';

describe('queues that speak TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-tls-'));
  const { ca, server, client } = makeMutualCertificates();
  const kube = memoryKube();
  const file = (name: string) => join(folder, name);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const key = (name: string) => ({ name: 'tls', key: name });
  const tls = { caCertSecret: key('ca'), clientCertSecret: key('cert'), clientKeySecret: key('key') };

  beforeAll(() => {
    const data = { ca: base64(ca), cert: base64(client.cert), key: base64(client.key) };
    kube.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls', namespace: 'playground' }, data });
    chmodSync(folder, 0o755);
    for (const [name, text] of Object.entries({ ca, cert: server.cert, key: server.key })) writeFileSync(file(name), text, { mode: 0o644 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** With the authority's certificate it becomes ready; without it, it waits, because it does not know the server. */
  async function expectVerified(type: string, entry: object): Promise<void> {
    await using trusting = listen(type, { ...entry, tls }, { kube });
    await trusting.ready();
    await trusting.stop();
    await using doubting = listen(type, { ...entry, tls: { ...tls, caCertSecret: undefined } }, { kube });
    const { error } = await doubting.told.seen('senderAway');
    expect(String(error)).toMatch(/certificate|self[- ]signed|unable to verify/i);
  }

  test('nats', async () => {
    const config = `tls { cert_file: ${file('cert')}, key_file: ${file('key')}, ca_file: ${file('ca')}, verify: true }`;
    await using nats = await startNats({ config });

    await expectVerified('nats', { url: nats.url, subject: 'x' });
  });

  test('kafka', async () => {
    await using kafka = await startKafka({ tls: { cert: file('cert'), key: file('key') } });
    const url = kafka.broker;
    await using source = listen('kafka', { url, topic: 'x', partition: '0', tls }, { kube });
    await using doubting = listen('kafka', { url, topic: 'x', partition: '0', tls: { enabled: true } }, { kube });

    expect(String((await source.told.seen('senderAway')).error)).toContain('does not host this topic');
    expect(String((await doubting.told.seen('senderAway')).error)).toMatch(/certificate|self[- ]signed/i);
  });

  test('nsq', async () => {
    await using nsq = await startNsqServer({ tls: server });

    await expectVerified('nsq', { hostAddress: nsq.lookup, topic: 'x', channel: 'x' });
  });

  test.runIf(haveProgram('redis-server', 'redis with TLS'))('redis', async () => {
    const port = await freePort();
    const certificates = ['--tls-cert-file', file('cert'), '--tls-key-file', file('key'), '--tls-ca-cert-file', file('ca')];
    const words = ['--bind', '127.0.0.1', '--port', '0', '--tls-port', `${port}`, '--save', '', ...certificates];
    await using redis = await startProgram('redis-server', words, port);

    await expectVerified('redis', { hostAddress: `127.0.0.1:${redis.port}`, channels: ['x'] });
  });

  test.runIf(haveProgram('mosquitto', 'mqtt with TLS'))('mqtt', async () => {
    const port = await freePort();
    const certificates = `cafile ${file('ca')}\ncertfile ${file('cert')}\nkeyfile ${file('key')}\nrequire_certificate true\n`;
    writeFileSync(file('mosquitto.conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n${certificates}`);
    await using broker = await startProgram('mosquitto', ['-c', file('mosquitto.conf')], port);

    await expectVerified('mqtt', { url: `tcp://127.0.0.1:${broker.port}`, topic: 'x', clientId: 'x' });
  });
});
