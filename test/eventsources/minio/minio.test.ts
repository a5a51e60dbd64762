import { expect, test } from 'vitest';
import type { EngineError } from '../../../src/core/errors/engine-error.ts';
import { runSource } from '../../support/run-source.ts';
import { kubeWithSecret } from '../../support/secrets.ts';
import { made, minioEntry, minioServer } from './world.ts';

async function running(more: object = {}) {
  const server = await minioServer();
  const source = runSource('minio', minioEntry(server.host, more), { kube: kubeWithSecret({ access: 'me', secret: 'hush' }) });
  return {
    ...source,
    server,
    told: () => source.heard.of('senderAway').map(({ error }) => (error as EngineError).message),
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

test('a notification is an event with its records, ordered by object', async () => {
  await using bucket = await running({ metadata: { team: 'a' } });
  await bucket.ready();
  const line = JSON.stringify({ Records: [made('a b.jpg', '1')] });
  bucket.server.write(`${line.slice(0, 20)}`);
  bucket.server.write(`${line.slice(20)}\n \n`);

  const [event] = await bucket.seen(1);
  expect(JSON.parse(event!.data!.text)).toEqual({ notification: [made('a b.jpg', '1')], metadata: { team: 'a' } });
  expect(event!.extensions).toEqual({ partitionkey: 'pictures/a b.jpg' });
});

test('asks for the events and objects of the entry, and for all that are made or removed without', async () => {
  await using some = await running({ events: ['s3:ObjectRemoved:*', 's3:ObjectAccessed:Get'], filter: { prefix: 'in/', suffix: '.jpg' } });
  await using all = await running();
  await some.ready();
  await all.ready();
  const asked = (url: string) => [...new URL(url, 'http://minio').searchParams].map((pair) => pair.join('='));

  expect(asked(some.server.calls[0]!.url)).toEqual([
    'prefix=in/',
    'suffix=.jpg',
    'ping=5',
    'events=s3:ObjectRemoved:*',
    'events=s3:ObjectAccessed:Get',
  ]);
  expect(asked(all.server.calls[0]!.url)).toEqual([
    'prefix=',
    'suffix=',
    'ping=5',
    'events=s3:ObjectCreated:*',
    'events=s3:ObjectRemoved:*',
  ]);
});

test('a stream that breaks is told and opened again', async () => {
  await using bucket = await running();
  await bucket.ready();
  bucket.server.breakOff();
  await bucket.away();
  await bucket.ready();
  bucket.server.write(`${JSON.stringify({ Records: [made('late.jpg', '2')] })}\n`);

  expect((await bucket.seen(1)).length).toBe(1);
  expect(bucket.told()).toEqual([`bucket pictures at ${bucket.server.host} cannot be reached: other side closed`]);
  expect(bucket.heard.of('senderBack').length).toBe(1);
});

test('a refusal is told in the words of the server, without keys', async () => {
  await using bucket = await running();
  bucket.server.refuse({ status: 403, text: '<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>' });
  await bucket.until(() => bucket.told().length > 0);
  bucket.server.refuse(undefined);
  await bucket.ready();

  expect(bucket.told()).toEqual([`bucket pictures at ${bucket.server.host} refused: AccessDenied: Access Denied.`]);
  expect(JSON.stringify(bucket.heard.all)).not.toContain('hush');
});

test('a line that is no JSON is told, and the stream goes on anew', async () => {
  await using bucket = await running();
  await bucket.ready();
  bucket.server.write('<html>\n');
  await bucket.until(() => bucket.told().length > 0);
  await bucket.ready();

  expect(bucket.told()).toEqual([`${bucket.server.host} refused: what it sends are no notifications`]);
});
