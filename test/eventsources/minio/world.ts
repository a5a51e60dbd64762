import type { ServerResponse } from 'node:http';
import type { World } from '../../contracts/event-source.ts';
import { eventSourceOf } from '../../support/event-source.ts';
import { serve } from '../../support/http-server.ts';
import { kubeWithSecret, secretKey } from '../../support/secrets.ts';

export const minioEntry = (host: string, more: object = {}) => ({
  endpoint: host,
  bucket: { name: 'pictures' },
  insecure: true,
  accessKey: secretKey('access'),
  secretKey: secretKey('secret'),
  ...more,
});

/** What MinIO says of an object that was made. */
export const made = (key: string, sequencer: string) => ({
  eventVersion: '2.0',
  eventSource: 'minio:s3',
  eventTime: '2026-07-18T12:00:00.000Z',
  eventName: 's3:ObjectCreated:Put',
  s3: { bucket: { name: 'pictures' }, object: { key, size: 3, sequencer } },
});

/** A server that streams to all who listen. */
export async function minioServer() {
  const listeners = new Set<ServerResponse>();
  const calls: { url: string; authorization: string | undefined }[] = [];
  let refusal: { status: number; text: string } | undefined;
  let isSilent = false;
  const server = await serve(({ url, headers }, response) => {
    calls.push({ url: url!, authorization: headers.authorization });
    if (isSilent) return;
    if (refusal) return void response.writeHead(refusal.status).end(refusal.text);
    response.flushHeaders();
    response.write('{"Records":null}\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  });
  return {
    ...server,
    calls,
    write(text: string) {
      for (const listener of listeners) listener.write(text);
    },
    refuse(next: typeof refusal) {
      refusal = next;
    },
    breakOff() {
      for (const listener of listeners) listener.destroy();
    },
    hang() {
      isSilent = true;
    },
  };
}

/** Pictures that are put into a bucket, and replaced there. */
export async function minioWorld(): Promise<World> {
  const server = await minioServer();
  const kube = kubeWithSecret({ access: 'me', secret: 'hush' });
  let count = 0;
  return {
    source: eventSourceOf({ minio: { made: minioEntry(server.host) } }),
    deps: { kube },
    remembers: false,
    happen() {
      const key = ['a.jpg', 'b.jpg', 'c.jpg'][count % 3]!;
      const sequencer = `${count++}`;
      server.write(`${JSON.stringify({ Records: [made(key, sequencer)] })}\n`);
      return { subject: key, fact: sequencer };
    },
    read({ data }) {
      const { notification } = data!.json as unknown as { notification: ReturnType<typeof made>[] };
      const { key, sequencer } = notification[0]!.s3.object;
      return { subject: key, fact: sequencer };
    },
    hang: () => server.hang(),
    close: () => server[Symbol.asyncDispose](),
  };
}
