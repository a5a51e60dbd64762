/**
 * The bare sketch that our programs stand beside, its first half: node:http → publish, awaited. No features: nothing is checked, named,
 * deduplicated, counted or logged.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { answer } from '../child.ts';
import { prepareStream, subject } from './stream.ts';

const [servers] = process.argv.slice(2);
const connection = await connect({ servers: servers! });

export type SketchSource = typeof answers;
const answers = answer({
  async start(): Promise<number> {
    await prepareStream(connection);
    const client = jetstream(connection);
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', async () => {
        await client.publish(subject, Buffer.concat(pieces));
        response.writeHead(200, { 'content-length': 7 }).end('success');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
  stop: () => connection.drain(),
});
