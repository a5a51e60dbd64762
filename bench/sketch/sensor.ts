/** The second half of the bare sketch: pull consumer → undici pool → acknowledge. No filter, no jq, no retry, nothing kept. */
import { type JsMsg, jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Pool } from 'undici';
import { answer } from '../child.ts';
import { durable, prepareStream, stream } from './stream.ts';

const [servers, target] = process.argv.slice(2);
const connection = await connect({ servers: servers! });
const headers = { 'content-type': 'application/json' };

async function pass(message: JsMsg, pool: Pool): Promise<void> {
  const { n } = message.json<{ n: number }>();
  const sent = await pool.request({ method: 'POST', path: '/orders', headers, body: JSON.stringify({ n }) });
  await sent.body.dump();
  message.ack();
}

export type SketchSensor = typeof answers;
const answers = answer({
  async start(): Promise<void> {
    await prepareStream(connection);
    const pool = new Pool(target!, { connections: 32 });
    const consumer = await jetstream(connection).consumers.get(stream, durable);
    await consumer.consume({
      max_messages: 1000,
      callback: (message) => void pass(message, pool),
    });
  },
  stop: () => connection.drain(),
});
