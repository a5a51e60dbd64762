import { EngineError } from '../../src/core/errors/engine-error.ts';
import { addressOf, identityOf } from '../../src/core/event/event.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { EventBus } from '../bus.ts';
import { subjectOf } from '../subjects.ts';
import { ackWait, claimLastsFor, parkedFor } from '../terms.ts';
import { encodeEvent, readEvent } from '../wire.ts';
import { Durable } from './durable.ts';
import { lease } from './lease.ts';
import { queue } from './queue.ts';
import { stateStore } from './state.ts';
import { type MemoryStore, memoryStore } from './store.ts';
import { deliveries } from './subscribe.ts';

export interface MemoryConfig {
  readonly kind: 'memory';
  /** What several buses share, as several processes share a server. Left out: a store of its own. */
  readonly store?: MemoryStore;
}

/** The bus of `sensorium run` without a server, and of tests: the promises of the real one, for as long as the process lives. */
export function openMemoryBus(config: MemoryConfig, { clock, tell }: { clock: Clock; tell: Tell }): EventBus {
  const store = config.store ?? memoryStore(clock);
  const closed = new AbortController();

  /** Up to where every durable that counts has read. */
  const readByAll = (): number => {
    let floor = store.log.last + 1;
    for (const [name, durable] of store.durables) {
      if (durable.idle < claimLastsFor) floor = Math.min(floor, durable.floor);
      else if (durable.floor < floor)
        tell.busWarning({ warning: `nobody has taken from "${name}" for 24 h: what it has not read is given up to make room` });
    }
    return floor;
  };

  return {
    describe: 'in memory',
    connected: true,
    maxMessageBytes: 1024 * 1024,

    async publish(event) {
      const subject = subjectOf('default', addressOf(event));
      const message = encodeEvent(event, 'binary');
      const actual = message.head.length + message.body.length;
      if (actual > this.maxMessageBytes) throw new EngineError('EVENT_TOO_LARGE', { actual, limit: this.maxMessageBytes });
      const stored = store.log.append(subject, identityOf(event), message, readByAll);
      if (!stored.duplicate) for (const durable of store.durables.values()) if (durable.takes(subject)) durable.wake();
      return stored;
    },

    async *subscribe({ name, origins, since, from, shared, maxInFlight, opened }, signal) {
      const start = from ?? (since ? store.log.since(since.getTime()) : store.log.last + 1);
      const durable = store.durables.get(name) ?? new Durable(store.log, clock, start, ackWait);
      store.durables.set(name, durable);
      opened?.();
      const subjects = new Set(origins.map((origin) => subjectOf('default', origin)));
      yield* deliveries(durable, { subjects, shared, maxInFlight }, clock, AbortSignal.any([signal, closed.signal]));
    },

    async *replay(origin, afterSequence, signal) {
      const subject = origin && subjectOf('default', origin);
      const end = store.log.last;
      for (let sequence = store.log.from(afterSequence + 1); sequence <= end && !signal.aborted; sequence++) {
        const entry = store.log.at(sequence);
        const event = entry && (subject === undefined || entry.subject === subject) ? readEvent(entry).event : undefined;
        if (event) yield { event, sequence, storedAt: entry!.storedAt };
      }
    },

    lastSequence: async () => store.log.last,
    streamCreated: async () => store.log.created,
    state: async (name) => stateStore(store.bucket(name), clock),
    queue: async (name) => queue(store.waiting, name, clock),
    parked: async () => queue(store.parked, 'parked', clock, parkedFor),
    lease: (name, signal) => lease(store.leases, name, clock, signal, closed.signal),

    async nudge(name) {
      for (const callback of [...(store.nudged.get(name) ?? [])]) callback();
    },
    onNudge(name, callback, signal) {
      const callbacks = store.nudged.get(name) ?? new Set();
      store.nudged.set(name, callbacks.add(callback));
      signal.addEventListener('abort', () => void callbacks.delete(callback), { once: true });
    },

    async forget(name) {
      store.durables.delete(name);
      store.buckets.delete(name);
      store.waiting.queues.delete(name);
    },

    async [Symbol.asyncDispose]() {
      closed.abort();
    },
  };
}
