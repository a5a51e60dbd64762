import { createInbox, type Msg } from '@nats-io/transport-node';
import { ask, code, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { type RawMessage, rawMessage } from './message.ts';

interface Reading {
  readonly stream: string;
  readonly filter: string;
  /** The first sequence that matters. */
  readonly from: number;
  readonly withoutBodies?: boolean;
}

const batch = 512;

/** Reads a stream in order, up to its end as it is at the call. A stream that is not there is empty. */
export async function* read(
  connection: Connection,
  { stream, filter, from, withoutBodies = false }: Reading,
): AsyncGenerator<RawMessage[]> {
  const config = {
    ack_policy: 'none',
    deliver_policy: 'by_start_sequence',
    opt_start_seq: Math.max(1, from),
    filter_subject: filter,
    replay_policy: 'instant',
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: 30e9,
    headers_only: withoutBodies,
  };
  const create = ask<{ name: string; num_pending: number }>(connection, `CONSUMER.CREATE.${stream}`, { stream_name: stream, config });
  const consumer = await unless([code.streamNotFound], create);
  if (!consumer) return;
  for (let left = consumer.num_pending; left > 0; ) {
    const messages = await fetchNow(connection, `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer.name}`, Math.min(left, batch));
    if (messages.length === 0) break;
    left -= messages.length;
    yield messages;
  }
  if (consumer.num_pending > 0) await ask(connection, `CONSUMER.DELETE.${stream}.${consumer.name}`).catch(() => {});
}

/** What a consumer has to hand out now, at most `most`. Rejects with UNREACHABLE_BUS when the connection breaks or nothing more comes. */
export function fetchNow(connection: Connection, subject: string, most: number): Promise<RawMessage[]> {
  return new Promise((resolve, reject) => {
    const messages: RawMessage[] = [];
    const inbox = createInbox();
    // Where the connection was closed by us this throws, and nothing else has begun.
    const subscription = connection.nats.subscribe(inbox, {
      callback(_, message: Msg) {
        const raw = rawMessage(message);
        if (raw) messages.push(raw);
        if (!raw || messages.length === most) end(() => resolve(messages));
      },
    });
    const stopTimer = connection.clock.after(10_000, () => fail('a read came to a stop'));
    const stopWatching = connection.onChange((connected) => !connected && fail('the connection was lost'));
    const end = (settle: () => void) => {
      stopTimer();
      stopWatching();
      subscription.unsubscribe();
      settle();
    };
    const fail = (reason: string) => end(() => reject(connection.unreachable(reason)));
    try {
      connection.nats.publish(subject, JSON.stringify({ batch: most, no_wait: true }), { reply: inbox });
    } catch (thrown) {
      end(() => reject(thrown));
    }
  });
}
