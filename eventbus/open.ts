import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import type { EventBus } from './bus.ts';
import { type MemoryConfig, openMemoryBus } from './memory/index.ts';

export type BusConfig = MemoryConfig;

/** Opens the bus that a configuration names. Resolves when it is there, however long that takes. The caller closes it. */
export async function openBus(config: BusConfig, context: { tell: Tell; clock: Clock }): Promise<EventBus> {
  return openMemoryBus(config, context);
}
