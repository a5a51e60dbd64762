import { stableId } from '../../src/core/event/stable-id.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { EventSourceContext } from '../event-source.ts';
import { relay } from '../messages/relay.ts';
import type { RedisClient } from '../redis/client.ts';
import type { RedisStreamSpec } from './index.ts';

/** Argo's consumer: what it left unacknowledged is ours to finish. */
const consumer = 'argo-events-worker';

/** Milliseconds that a read waits for something new. */
const block = '2000';

/** An entry as Redis answers it: its id, then keys and values in turn; null when it has been deleted meanwhile. */
type Entry = [id: string, flat: string[] | null];
type Reply = [stream: string, entries: Entry[]][] | null;

interface Circumstances {
  /** What we have seen of each stream: the last entry, or `0` of one that was not there. A group that is made again begins behind that. */
  readonly places: Map<string, string>;
  listening(): void;
}

/** Reads until the connection breaks: first what was handed to us and not acknowledged, then what is new. Entries of a stream go one after another. */
export async function consume(
  client: RedisClient,
  spec: RedisStreamSpec,
  context: EventSourceContext,
  { places, listening }: Circumstances,
): Promise<void> {
  const { streams } = spec;
  const group = spec.consumerGroup || 'argo-events-cg';
  const count = `${spec.maxMsgCountPerRead || 10}`;
  const read = (from: readonly string[], ids: readonly string[], ...wait: string[]): Promise<Reply> =>
    client.sendCommand(['XREADGROUP', 'GROUP', group, consumer, 'COUNT', count, ...wait, 'STREAMS', ...from, ...ids]);
  const take = async (stream: string, entries: readonly Entry[]): Promise<void> => {
    for (const [id, flat] of entries) {
      if (flat) await relay(messageOf(stream, id, flat, { spec, context }), spec.metadata, context);
      await client.sendCommand(['XACK', stream, group, id]);
      places.set(stream, id);
    }
  };

  for (const stream of streams) await joinGroup(client, stream, group, places);
  listening();
  await Promise.all(
    streams.map(async (stream) => {
      for (let from = '0'; ; ) {
        const [, entries = []] = (await read([stream], [from]))?.[0] ?? [];
        if (entries.length === 0) return;
        await take(stream, entries);
        from = entries.at(-1)![0];
      }
    }),
  );
  const news = streams.map(() => '>');
  while (!context.signal.aborted) {
    const reply = await read(streams, news, 'BLOCK', block);
    await Promise.all((reply ?? []).map(([stream, entries]) => take(stream, entries)));
  }
}

/**
 * Makes the group where it is not there: behind what we have seen of the stream, else at its end, as Argo does. Rejects with the
 * server's words when the stream is not there.
 */
async function joinGroup(client: RedisClient, stream: string, group: string, places: Map<string, string>): Promise<void> {
  try {
    await client.sendCommand(['XGROUP', 'CREATE', stream, group, places.get(stream) ?? '$']);
  } catch (thrown) {
    if (thrown instanceof Error && thrown.message.startsWith('BUSYGROUP')) return;
    if (thrown instanceof Error && thrown.message.includes('requires the key to exist')) places.set(stream, '0');
    throw thrown;
  }
}

function messageOf(
  stream: string,
  id: string,
  flat: readonly string[],
  { spec, context }: { spec: RedisStreamSpec; context: EventSourceContext },
) {
  const values: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) values[flat[at]!] = flat[at + 1]!;
  return {
    id: stableId('redisStream', context.eventSourceName, context.eventName, spec.hostAddress, `${spec.db ?? 0}`, stream, id),
    orderKey: stream,
    about: { stream, entry: id },
    fields: () => ({ stream: goQuote(stream), message_id: goQuote(id), values: goJson(values) }),
  };
}
