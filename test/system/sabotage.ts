import type { Delivery, Queue, StateStore } from '../../eventbus/bus.ts';
import type { Sabotage } from './processes.ts';

/** Each takes out one safeguard: the bus then breaks one promise of `eventbus/bus.ts`, or a process forgets one thing that it knew. */

/** An event is acknowledged when it is handed out, and not when its outcome is safe. */
export const acknowledgesAtOnce: Sabotage = (bus) => ({
  ...bus,
  async *subscribe(subscription, signal): AsyncGenerator<Delivery[]> {
    for await (const batch of bus.subscribe(subscription, signal)) {
      for (const delivery of batch) delivery.ack();
      yield batch;
    }
  },
});

/** Events come without their order keys, as if there were no lines. */
export const forgetsOrderKeys: Sabotage = (bus) => ({
  ...bus,
  async *subscribe(subscription, signal): AsyncGenerator<Delivery[]> {
    for await (const batch of bus.subscribe(subscription, signal))
      yield batch.map((delivery) => ({ ...delivery, event: delivery.event && { ...delivery.event, extensions: {} } }));
  },
});

/** Everybody is the owner, all the time. */
export const leasesToAll: Sabotage = (bus) => ({
  ...bus,
  lease: async () => ({ lost: new AbortController().signal, until: Number.POSITIVE_INFINITY, release: async () => {} }),
});

/** Who has hung does not ask the clock whether the lease still holds: it hears of it a little later. */
export const trustsLease: Sabotage = (bus) => ({
  ...bus,
  lease: async (name, signal) => {
    const lease = await bus.lease(name, signal);
    return { lost: lease.lost, until: Number.POSITIVE_INFINITY, release: () => lease.release() };
  },
});

const withQueue =
  (change: (queue: Queue, process: Parameters<Sabotage>[1]) => Queue): Sabotage =>
  (bus, process) => ({ ...bus, queue: async (name) => change(await bus.queue(name), process) });

const withState =
  (change: (store: StateStore, process: Parameters<Sabotage>[1]) => StateStore): Sabotage =>
  (bus, process) => ({ ...bus, state: async (name) => change(await bus.state(name), process) });

const behind = 300;

/** The queue answers before it has stored: what was on its way is gone with the process. */
export const queuesLater: Sabotage = withQueue((queue, { clock }) => {
  let last = 1_000_000;
  const stored = new Map<number, number>();
  return {
    ...queue,
    async put(body, options) {
      last += 1;
      const alias = last;
      clock.after(
        behind,
        () =>
          void queue.put(body, options).then(
            ({ sequence }) => stored.set(alias, sequence),
            () => {},
          ),
      );
      return { sequence: alias, duplicate: false };
    },
    read: async (sequence) => queue.read(stored.get(sequence) ?? sequence),
    remove: async (sequence) => queue.remove(stored.get(sequence) ?? sequence),
  };
});

/** The queue keeps a firing as often as it is put there. */
export const queuesTwice: Sabotage = withQueue((queue) => {
  let count = 0;
  return {
    ...queue,
    put: (body, { id, ...rest }) => {
      count += 1;
      return queue.put(body, { ...rest, id: `${id}/${count}` });
    },
  };
});

/** What waits in the queue is not found in its order again. */
export const shufflesQueue: Sabotage = withQueue((queue) => ({
  ...queue,
  async *entries() {
    const found = [];
    for await (const entry of queue.entries()) found.push(entry);
    yield* found.reverse();
  },
}));

/** The dead-letter store keeps nothing. */
export const parksNothing: Sabotage = (bus) => ({
  ...bus,
  async parked() {
    return { ...(await bus.parked()), put: async () => ({ sequence: 1, duplicate: false }) };
  },
});

/** State is written whatever stands there: a late owner overwrites its successor's. */
export const writesOver: Sabotage = withState((store) => ({ ...store, set: (key, value) => overwrite(store, key, value) }));

const overwrite = async (store: StateStore, key: string, value: Uint8Array): Promise<number> =>
  store.set(key, value, (await store.get(key))?.revision ?? 0);

/** Firings begin before what was decided is saved. */
export const savesLater: Sabotage = withState((store, { clock }) => {
  let last = 1_000_000;
  return {
    ...store,
    async set(key, value) {
      clock.after(behind, () => void overwrite(store, key, value).catch(() => {}));
      last += 1;
      return last;
    },
  };
});

/** A successor does not find a part of what a join remembers: which events it took, or which firings it has decided. */
export const forgets = (part: 'marks' | 'pending'): Sabotage =>
  withState((store) => ({
    ...store,
    async *entries(prefix) {
      for await (const entry of store.entries(prefix))
        yield entry.key.startsWith('join/') ? { ...entry, value: without(entry.value, part) } : entry;
    },
  }));

function without(value: Uint8Array, part: 'marks' | 'pending'): Uint8Array {
  const end = value.indexOf(10);
  const header = JSON.parse(Buffer.from(value.subarray(0, end)).toString('utf8'));
  const line = JSON.stringify({ ...header, [part]: part === 'marks' ? {} : [] });
  return Buffer.concat([Buffer.from(line), value.subarray(end)]);
}

/** Nobody knows when the last attempt of a predecessor began. */
export const forgetsReservations: Sabotage = withState((store) => ({
  ...store,
  async get(key) {
    const entry = await store.get(key);
    return entry && key.startsWith('pace/') ? { ...entry, value: Buffer.from('0') } : entry;
  },
}));
