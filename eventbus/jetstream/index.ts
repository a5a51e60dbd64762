import { randomUUID } from 'node:crypto';
import type { EventBus } from '../bus.ts';
import type { JetStreamConfig } from '../config.ts';
import { encodeName } from '../names.ts';
import type { BusContext } from '../open.ts';
import { subjectOf } from '../subjects.ts';
import { parkedFor } from '../terms.ts';
import { readEvent } from '../wire.ts';
import { ask, code, type StreamInfo, unless } from './api.ts';
import { openConnection } from './connection.ts';
import { dropDurables } from './durable.ts';
import { leases } from './lease.ts';
import { leaseStore } from './lease-store.ts';
import { defaultPayload, publisher } from './publish.ts';
import { type ListPlace, queue } from './queue.ts';
import { read } from './read.ts';
import { roomIn } from './room.ts';
import { stateStore } from './state.ts';
import { eventStream, openEventStream } from './stream.ts';
import { deliveries } from './subscribe.ts';
import { argoSide } from './takeover.ts';

/**
 * The bus on NATS JetStream, one connection for everything. Resolves when server and stream are there, however long that takes.
 *
 * Of the client library only the connection is used (`@nats-io/transport-node`): publishing, pulling and the JetStream API are written
 * here on its messages, which is faster (see `bench/bus.ts`), and lets us decide what is fetched and what happens when a pull stalls.
 */
export async function openJetStreamBus(config: JetStreamConfig, context: BusContext): Promise<EventBus> {
  const { names } = config;
  for (const warning of config.warnings) context.tell.busWarning({ bus: names.bus, warning });
  const connection = await openConnection(config, context);
  const stream = context.visiting ? eventStream(connection, config) : await openEventStream(connection, config, context.signal);
  const room = roomIn(connection, stream);
  const publish = publisher(connection, stream, config.eventFormat, room);
  const closed = new AbortController();
  const untilClosed = (signal: AbortSignal) => AbortSignal.any([signal, closed.signal]);
  const { acquire, releaseAll } = leases(connection, leaseStore(connection, names.leases, stream, room), randomUUID);
  const waitingPlace = (name: string): ListPlace => ({
    stream: names.queues,
    root: `${names.queues}.${encodeName(name)}`,
    replicas: stream.replicas,
  });

  /** A plain subject: no stream takes it. */
  const nudgeOf = (name: string): string => `sensorium-nudge.${names.stream}.${encodeName(name)}`;

  return {
    describe: `${connection.server}, stream ${stream.name}`,
    get connected() {
      return connection.connected;
    },
    get maxMessageBytes() {
      return connection.nats.info?.max_payload ?? defaultPayload;
    },

    publish: (event, { signal } = {}) => publish(event, signal),
    subscribe: (subscription, signal) =>
      deliveries(connection, stream, names.durable(subscription.name), subscription, untilClosed(signal)),

    async *replay(origin, afterSequence, signal) {
      const filter = origin ? subjectOf(stream.name, origin) : `${stream.name}.>`;
      for await (const messages of read(connection, { stream: stream.name, filter, from: afterSequence + 1 })) {
        for (const message of messages) {
          if (signal.aborted) return;
          const { event } = readEvent(message);
          if (event) yield { event, sequence: message.sequence, storedAt: message.storedAt };
        }
      }
    },

    async lastSequence() {
      const info = await unless([code.streamNotFound], ask<StreamInfo>(connection, `STREAM.INFO.${stream.name}`));
      return info?.state.last_seq ?? 0;
    },
    streamCreated: async () => (await stream.ensure()).created,
    state: async (name) => stateStore(connection, names.bucket(name), stream.replicas, room),
    queue: async (name) => queue(connection, waitingPlace(name), room),
    parked: async () => queue(connection, { stream: names.parked, root: names.parked, replicas: stream.replicas, maxAge: parkedFor }, room),
    lease: (name, signal) => acquire(name, untilClosed(signal)),

    async nudge(name) {
      connection.nats.publish(nudgeOf(name));
    },
    onNudge(name, callback, signal) {
      const subscription = connection.nats.subscribe(nudgeOf(name), { callback });
      signal.addEventListener('abort', () => subscription.unsubscribe(), { once: true });
    },

    async forget(name) {
      await dropDurables(connection, stream.name, names.durable(name));
      await unless([code.streamNotFound], ask(connection, `STREAM.DELETE.KV_${names.bucket(name)}`));
      await unless([code.streamNotFound], ask(connection, `STREAM.PURGE.${names.queues}`, { filter: `${waitingPlace(name).root}.>` }));
    },

    argo: argoSide(connection, stream, names),

    async [Symbol.asyncDispose]() {
      closed.abort();
      await releaseAll();
      await connection.close();
    },
  };
}
