import type { EventBus, StateStore } from '../../../eventbus/bus.ts';

interface ShakyBus {
  readonly bus: EventBus;
  readonly hasCrashed: boolean;
}

/** At which write its user dies, before or after the bus has done it. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/**
 * A bus whose writes (publish, set, purge) take the times that `delay` says, on their way there and back, and whose user may die: from
 * then on nothing that it asks for happens any more.
 */
export function shakyBus(real: EventBus, delay: () => Promise<void>, crash?: Crash): ShakyBus {
  let count = 0;
  let hasCrashed = false;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    await delay();
    if (hasCrashed) throw new Error('it is dead');
    count += 1;
    if (count === crash?.at) {
      hasCrashed = true;
      if (crash.when === 'after') await work();
      throw new Error('it died');
    }
    const result = await work();
    await delay();
    return result;
  };
  const guarded = (store: StateStore): StateStore => ({
    get: (key) => store.get(key),
    entries: (prefix) => store.entries(prefix),
    set: (key, value, revision) => write(() => store.set(key, value, revision)),
    purge: (key, revision) => write(() => store.purge(key, revision)),
  });
  const bus: EventBus = {
    ...real,
    publish: (event, options) => write(() => real.publish(event, options)),
    state: async (name) => guarded(await real.state(name)),
  };
  return {
    bus,
    get hasCrashed() {
      return hasCrashed;
    },
  };
}
