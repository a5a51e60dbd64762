import { AckPolicy, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

export const stream = 'sketch';
export const subject = 'sketch.orders';
export const durable = 'sketch';

/** The sketch's stream and consumer; that they are there already is fine. */
export async function prepareStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: stream, subjects: [subject] });
  await manager.consumers.add(stream, { durable_name: durable, ack_policy: AckPolicy.Explicit });
}
