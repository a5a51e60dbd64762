import type { StateStore } from '../../eventbus/bus.ts';

/** The part of a store whose keys begin with a prefix, as a store of its own. */
export function sectionOf(store: StateStore, prefix: string): StateStore {
  if (prefix === '') return store;
  return {
    async get(key) {
      const entry = await store.get(prefix + key);
      return entry && { ...entry, key };
    },
    async *entries(below = '') {
      for await (const entry of store.entries(prefix + below)) yield { ...entry, key: entry.key.slice(prefix.length) };
    },
    set: (key, value, revision) => store.set(prefix + key, value, revision),
    purge: (key, revision) => store.purge(prefix + key, revision),
  };
}
