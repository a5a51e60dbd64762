import type { Clock } from '../../src/core/time/clock.ts';
import type { Queue, QueueEntry } from '../bus.ts';

interface Waiting extends QueueEntry {
  readonly body: Uint8Array;
}

/** All queues of a bus count in one sequence, as they do in the stream of the other driver. */
export interface WaitingLists {
  readonly queues: Map<string, WaitingList>;
  last: number;
}

interface WaitingList {
  readonly bySequence: Map<number, Waiting>;
  readonly byId: Map<string, Waiting>;
}

export function queue(lists: WaitingLists, name: string, clock: Clock, maxAge = Number.POSITIVE_INFINITY): Queue {
  const { bySequence, byId } = lists.queues.get(name) ?? { bySequence: new Map(), byId: new Map() };
  lists.queues.set(name, { bySequence, byId });
  const drop = (entry: Waiting | undefined) => {
    if (entry && bySequence.delete(entry.sequence)) byId.delete(entry.id);
  };
  const forgetTheOld = () => {
    for (const entry of bySequence.values()) {
      if (entry.storedAt + maxAge > clock.now()) break;
      drop(entry);
    }
  };
  return {
    async put(body, { id, key }) {
      forgetTheOld();
      const known = byId.get(id);
      if (known) return { sequence: known.sequence, duplicate: true };
      lists.last += 1;
      const entry = { sequence: lists.last, id, key, storedAt: clock.now(), body: Uint8Array.from(body) };
      bySequence.set(entry.sequence, entry);
      byId.set(id, entry);
      return { sequence: entry.sequence, duplicate: false };
    },
    async *entries(after = 0) {
      forgetTheOld();
      for (const { sequence, id, key, storedAt } of [...bySequence.values()]) if (sequence > after) yield { sequence, id, key, storedAt };
    },
    async read(sequence) {
      forgetTheOld();
      return bySequence.get(sequence)?.body;
    },
    async remove(sequence) {
      drop(bySequence.get(sequence));
    },
  };
}
