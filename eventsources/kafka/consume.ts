import type { Admin, Consumer, EachBatchPayload } from 'kafkajs';
import { saslOptions } from '../../src/core/access/sasl.ts';
import { tlsOptions } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { assignerFor } from '../../src/core/kafka/assigner.ts';
import { failureOf, type KafkaFailure, kafkaClient } from '../../src/core/kafka/connect.ts';
import { atMost } from '../../src/core/time/deadline.ts';
import type { EventSourceContext } from '../event-source.ts';
import { takeBatch } from './batch.ts';
import { groupPlaces, type Places, partitionPlace } from './places.ts';
import type { KafkaSpec } from './spec.ts';

/** Milliseconds that a stop waits for the brokers, and that they are given: until the last fetch is answered, nothing can be said to them. */
const limits = { leave: 700, parting: 3_000 };

interface Circumstances {
  /** Whether the topic was not there when we looked: then all that is in it since is new to us. */
  readonly seen: { withoutTopic: boolean };
  listening(): void;
  /** Told, when the signal aborts, of the work of leaving the group, so that another member need not wait for our silence. */
  onLeave(left: Promise<void>): void;
}

/** Joins, takes messages, and lasts as long as the client copes by itself. Rejects with UNREACHABLE_SENDER and REMOTE_SENDER. */
export async function consume(spec: KafkaSpec, context: EventSourceContext, { listening, onLeave, seen }: Circumstances): Promise<void> {
  const { secrets, signal, clock, namespace, eventSourceName, eventName } = context;
  const name = `sensorium-${namespace}-${eventSourceName}-${eventName}`;
  const { kafka, cut } = await kafkaClient({
    url: spec.url,
    clientId: name,
    tls: await tlsOptions(spec.tls, secrets, signal),
    sasl: await saslOptions(spec.sasl, secrets, signal),
    retries: 2,
  });
  const group = spec.consumerGroup?.groupName ?? name;
  const { topic } = spec;
  const admin = kafka.admin();
  const consumer = kafka.consumer({
    groupId: group,
    partitionAssigners: [await assignerFor(strategyOf(spec))],
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 1000,
    retry: { retries: 2, restartOnFailure: async () => false },
  });
  signal.throwIfAborted();
  const leave = (): Promise<void> => {
    const left = closed(admin, consumer);
    void atMost(limits.parting, clock, left).then(cut);
    return atMost(limits.leave, clock, left);
  };
  const onAbort = (): void => onLeave(leave());
  signal.addEventListener('abort', onAbort);
  try {
    await admin.connect();
    const places = spec.consumerGroup
      ? await groupPlaces(admin, spec, group, seen.withoutTopic)
      : await partitionPlace(admin, spec, context, seen.withoutTopic);
    await consumer.connect();
    // What is out of reach, because it was deleted or the topic made anew, is gone on from with the oldest that is there.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await running(consumer, spec, context, places, listening);
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.type === 'UNKNOWN_TOPIC_OR_PARTITION') seen.withoutTopic = true;
    throw translated(spec.url, failure, thrown);
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!signal.aborted) void leave();
  }
}

function running(consumer: Consumer, spec: KafkaSpec, context: EventSourceContext, places: Places, listening: () => void): Promise<never> {
  const { topic } = spec;
  return new Promise((_, reject) => {
    const { CRASH, GROUP_JOIN } = consumer.events;
    consumer.on(CRASH, ({ payload }) => reject(payload.error));
    consumer.on(GROUP_JOIN, ({ payload }) => {
      const joined = async (): Promise<void> => {
        for (const partition of payload.memberAssignment[topic] ?? []) {
          const offset = places.startOf(partition);
          if (offset === undefined) continue;
          consumer.seek({ topic, partition, offset });
          if (places.keptByGroup) await consumer.commitOffsets([{ topic, partition, offset }]);
        }
        listening();
      };
      joined().catch(reject);
    });
    const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
      try {
        await takeBatch(payload, spec, context, places);
      } catch (thrown) {
        // The client's own errors, such as that the group is shared out anew, are for the client.
        if (!(thrown instanceof EngineError) && !context.signal.aborted) throw thrown;
        reject(thrown);
      }
    };
    consumer
      .run({
        autoCommit: places.keptByGroup,
        autoCommitInterval: 1000,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 4,
        eachBatch,
      })
      .catch(reject);
  });
}

function strategyOf({ consumerGroup, partition }: KafkaSpec): Parameters<typeof assignerFor>[0] {
  if (!consumerGroup) return { only: Number(partition) };
  return consumerGroup.rebalanceStrategy === 'roundrobin' ? 'roundrobin' : 'range';
}

async function closed(admin: Admin, consumer: Consumer): Promise<void> {
  await Promise.allSettled([admin.disconnect(), consumer.disconnect()]);
}

function translated(url: string, { kind, reason }: KafkaFailure, thrown: unknown): unknown {
  if (thrown instanceof EngineError) return thrown;
  return new EngineError(
    kind === 'away' ? 'UNREACHABLE_SENDER' : 'REMOTE_SENDER',
    { server: `Kafka at ${url}`, reason },
    { cause: thrown },
  );
}
