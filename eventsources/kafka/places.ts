/**
 * Where we are in each partition. A group keeps that at the brokers; of a single partition it is kept on our bus, because there is no
 * group. Where nothing is kept yet, it is written down at once: what comes from then on is not missed, also when we stop before the first.
 */
import type { Admin } from 'kafkajs';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { KafkaSpec } from './spec.ts';

export interface Places {
  readonly keptByGroup: boolean;
  /** Where to begin; undefined where the group knows. */
  startOf(partition: number): string | undefined;
  /** Everything before `offset` is stored. */
  moved(partition: number, offset: string): Promise<void>;
}

/** Partitions in which the group has no place yet begin at the end of the topic, or at its beginning, as those of a topic that `isNew` do. */
export async function groupPlaces(admin: Admin, { topic, consumerGroup }: KafkaSpec, groupId: string, isNew: boolean): Promise<Places> {
  const ends = await admin.fetchTopicOffsets(topic);
  const kept = await keptOffsets(admin, groupId, topic);
  const known = new Set(kept.filter(({ offset }) => Number(offset) >= 0).map(({ partition }) => partition));
  const starts = new Map(
    ends.filter((one) => !known.has(one.partition)).map((one) => [one.partition, isNew || consumerGroup?.oldest ? one.low : one.high]),
  );
  return {
    keptByGroup: true,
    startOf(partition) {
      const start = starts.get(partition);
      starts.delete(partition);
      return start;
    },
    moved: async () => {},
  };
}

/** Some brokers say of a group that is new that they do not know it. */
async function keptOffsets(admin: Admin, groupId: string, topic: string): Promise<readonly { partition: number; offset: string }[]> {
  try {
    const [kept] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return kept?.partitions ?? [];
  } catch (thrown) {
    if ((thrown as { type?: string }).type === 'GROUP_ID_NOT_FOUND') return [];
    throw thrown;
  }
}

/** Goes on where we were in the partition; the first time at its end, or at the beginning of a topic that `isNew`. Rejects with REMOTE_SENDER when there is no such partition. */
export async function partitionPlace(
  admin: Admin,
  { url, topic, partition }: KafkaSpec,
  context: EventSourceContext,
  isNew: boolean,
): Promise<Places> {
  const { namespace, eventSourceName, eventName, bus, patiently } = context;
  const ends = await admin.fetchTopicOffsets(topic);
  const end = ends.find((one) => one.partition === Number(partition));
  if (!end)
    throw new EngineError('REMOTE_SENDER', { server: `Kafka at ${url}`, reason: `the topic ${topic} has no partition ${partition}` });
  const store = await patiently(() => bus.state(`eventsource/${namespace}/${eventSourceName}/${eventName}`));
  const key = `${topic}/${partition}`;
  const saved = await patiently(() => store.get(key));
  let revision = saved?.revision ?? 0;
  let place = saved ? Buffer.from(saved.value).toString() : isNew ? end.low : end.high;
  const move = async (offset: string): Promise<void> => {
    revision = await patiently(() => store.set(key, Buffer.from(offset), revision));
    place = offset;
  };
  if (!saved) await move(place);
  return { keptByGroup: false, startOf: () => place, moved: (_, offset) => move(offset) };
}
