import { ask, type ConsumerInfo, code, messageOf, type StreamMessage, unless } from './api.ts';
import type { Connection } from './connection.ts';

/** Every consumer of a stream; none when the stream is not there. */
export async function consumersOf(connection: Connection, stream: string): Promise<ConsumerInfo[]> {
  const found: ConsumerInfo[] = [];
  for (;;) {
    const asking = ask<{ consumers: ConsumerInfo[] | null; total: number }>(connection, `CONSUMER.LIST.${stream}`, {
      offset: found.length,
    });
    const page = await unless([code.streamNotFound], asking);
    found.push(...(page?.consumers ?? []));
    if (!page?.consumers?.length || found.length >= page.total) return found;
  }
}

/** The first message that a consumer has yet to read or to acknowledge; undefined when there is none. */
export async function firstUnread(
  connection: Connection,
  stream: string,
  { config, ack_floor, num_pending, num_ack_pending }: ConsumerInfo,
): Promise<StreamMessage | undefined> {
  if (num_pending === 0 && num_ack_pending === 0) return undefined;
  const filters = config.filter_subjects ?? [config.filter_subject ?? '>'];
  const seq = ack_floor.stream_seq + 1;
  const first = await Promise.all(filters.map((filter) => messageOf(connection, stream, { seq, next_by_subj: filter })));
  return first.filter((message) => message !== undefined).sort((a, b) => a.seq - b.seq)[0];
}

export async function dropConsumer(connection: Connection, stream: string, name: string): Promise<void> {
  await unless([code.consumerNotFound, code.streamNotFound], ask(connection, `CONSUMER.DELETE.${stream}.${name}`));
}
