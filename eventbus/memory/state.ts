import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { StateEntry, StateStore } from '../bus.ts';

export interface Bucket {
  readonly entries: Map<string, StateEntry>;
  revision: number;
}

export function stateStore(bucket: Bucket, clock: Clock): StateStore {
  return {
    get: async (key) => bucket.entries.get(key),
    async *entries(prefix = '') {
      for (const entry of [...bucket.entries.values()]) if (entry.key.startsWith(prefix)) yield entry;
    },
    async set(key, value, revision) {
      if ((bucket.entries.get(key)?.revision ?? 0) !== revision) throw new EngineError('CONFLICT_STATE', { key });
      bucket.revision += 1;
      bucket.entries.set(key, { key, value: Uint8Array.from(value), revision: bucket.revision, storedAt: clock.now() });
      return bucket.revision;
    },
    async purge(key, revision = Number.POSITIVE_INFINITY) {
      if ((bucket.entries.get(key)?.revision ?? 0) <= revision) bucket.entries.delete(key);
    },
  };
}
