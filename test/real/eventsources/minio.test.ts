import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadArtifact } from '../../../sensors/triggers/artifacts/index.ts';
import { signed } from '../../../src/core/aws/sign.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { listen, payloadOf } from '../../eventsources/messages/listen.ts';
import { triggerContext } from '../../sensors/triggers/artifacts/context.ts';
import { eventually } from '../../support/eventually.ts';
import { freePort } from '../../support/ports.ts';
import { haveProgram, type Program, startProgram } from '../../support/program.ts';
import { kubeWithSecret, secretKey } from '../../support/secrets.ts';

describe.runIf(haveProgram('minio', 'buckets on a real MinIO'))('a real MinIO', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-minio-'));
  const keys = { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin' };
  const values = { access: keys.accessKeyId, secret: keys.secretAccessKey };
  let server: Program;
  beforeAll(async () => {
    const port = await freePort();
    const words = ['server', folder, '--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${await freePort()}`];
    server = await startProgram('minio', words, port);
    await eventually(async () => {
      await put('');
      return true;
    });
  }, 60_000);
  afterAll(async () => {
    await server.kill();
    rmSync(folder, { recursive: true });
  });

  const put = async (key: string, body = ''): Promise<void> => {
    const url = new URL(`http://127.0.0.1:${server.port}/pictures${key && `/${encodeURIComponent(key)}`}`);
    const { method, headers } = await signed(
      { method: 'PUT', url, headers: {} },
      { keys, service: 's3', region: 'us-east-1', now: Date.now() },
    );
    const answer = await request(url, { method: method as 'PUT', headers: { ...headers }, body });
    await answer.body.dump();
    expect(answer.statusCode).toBe(200);
  };
  const block = (key?: string) => ({
    endpoint: `127.0.0.1:${server.port}`,
    bucket: { name: 'pictures', ...(key ? { key } : {}) },
    insecure: true,
    accessKey: secretKey('access'),
    secretKey: secretKey('secret'),
  });

  test('tells of the objects that are put into a bucket', async () => {
    await using source = listen(
      'minio',
      { ...block(), events: ['s3:ObjectCreated:*'], filter: { suffix: '.jpg' } },
      { kube: kubeWithSecret(values) },
    );
    // More than a server holds back that sends whole blocks only; what is put before it listens is not told.
    let count = 0;
    for (let found = 0; found < 8 && count < 200; count++) {
      await put(`a cat ${count}.jpg`, 'x');
      await put(`a note ${count}.txt`, 'x');
      found = (await source.bus.stored()).length;
    }

    const [first] = (await source.events(8)).map(payloadOf) as { notification: { eventName: string; s3: { object: { key: string } } }[] }[];
    expect(first!.notification).toMatchObject([{ eventName: 's3:ObjectCreated:Put', s3: { bucket: { name: 'pictures' } } }]);
    expect(decodeURIComponent(first!.notification[0]!.s3.object.key)).toMatch(/^a.cat.\d+\.jpg$/);
  });

  test('gives an object to a trigger, and again when it has changed', async () => {
    const context = { ...triggerContext(), kube: kubeWithSecret(values), clock: systemClock };
    await put('a pod.yaml', 'kind: Pod');
    const first = await loadArtifact({ s3: block('a pod.yaml') }, context);

    expect(first).toEqual({ kind: 'Pod' });
    expect(await loadArtifact({ s3: block('a pod.yaml') }, context)).toBe(first);
    await put('a pod.yaml', 'kind: Job');
    expect(await loadArtifact({ s3: block('a pod.yaml') }, context)).toEqual({ kind: 'Job' });
    await expect(loadArtifact({ s3: block('none') }, context)).rejects.toThrow(
      `cannot read pictures/none at 127.0.0.1:${server.port}: NoSuchKey: `,
    );
  });
});
