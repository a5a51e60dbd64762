import type { EventBus } from './bus.ts';
import type { JetStreamConfig } from './config.ts';
import { type MemoryConfig, openMemoryBus } from './memory/index.ts';
import type { BusContext } from './open.ts';

/** The drivers, by the `kind` of their configuration. JetStream's client is loaded when it is first needed. */
export const drivers = {
  memory: async (config: MemoryConfig, context: BusContext): Promise<EventBus> => openMemoryBus(config, context),
  jetstream: async (config: JetStreamConfig, context: BusContext): Promise<EventBus> => {
    const { openJetStreamBus } = await import('./jetstream/index.ts');
    return openJetStreamBus(config, context);
  },
} as const;
