import type { Clock } from '../../src/core/time/clock.ts';
import type { Durable } from './durable.ts';
import type { LeaseTable } from './lease.ts';
import { Log, type LogLimits } from './log.ts';
import type { WaitingLists } from './queue.ts';
import type { Bucket } from './state.ts';

/** Everything that a server would keep. Buses that share a store are to each other like processes on one server. */
export interface MemoryStore {
  readonly log: Log;
  readonly durables: Map<string, Durable>;
  readonly buckets: Map<string, Bucket>;
  readonly waiting: WaitingLists;
  readonly parked: WaitingLists;
  readonly leases: LeaseTable;
  /** Who listens to nudges. */
  readonly nudged: Map<string, Set<() => void>>;
  bucket(name: string): Bucket;
}

/** As many messages as Argo's default stream, and no more memory than a small process can spare. */
const defaults: LogLimits = { maxMessages: 50_000, maxBytes: 64 * 1024 * 1024, duplicates: 300_000 };

export function memoryStore(clock: Clock, limits: Partial<LogLimits> = {}): MemoryStore {
  return {
    log: new Log(clock, { ...defaults, ...limits }),
    durables: new Map(),
    buckets: new Map(),
    waiting: { queues: new Map(), last: 0 },
    parked: { queues: new Map(), last: 0 },
    leases: { held: new Map(), waiting: new Set() },
    nudged: new Map(),
    bucket(name) {
      const bucket = this.buckets.get(name) ?? { entries: new Map(), revision: 0 };
      this.buckets.set(name, bucket);
      return bucket;
    },
  };
}
