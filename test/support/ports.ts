import { once } from 'node:events';
import { createServer } from 'node:net';
import { threadId } from 'node:worker_threads';

/**
 * Ports that no system gives away by itself (Linux begins at 32768, others higher): between the moment when a port is found free and the
 * one when a program listens on it, no other socket gets it. Each thread has a part of its own, and begins anywhere in it.
 */
const range = { first: 20_000, parts: 12, size: 1_000 };
const first = range.first + (threadId % range.parts) * range.size;
let next = Math.floor(Math.random() * range.size);

/** A port of 127.0.0.1 on which nobody listens at the moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < range.size; tries++) {
    const port = first + (next++ % range.size);
    const server = createServer().listen(port, '127.0.0.1');
    const listens = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!listens) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error(`no port of ${first} to ${first + range.size} is free`);
}
