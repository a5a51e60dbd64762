import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import type { EventBus } from './bus.ts';
import type { BusConfig } from './config.ts';
import { drivers } from './registry.ts';

export interface BusContext {
  readonly tell: Tell;
  readonly clock: Clock;
  /** Ends the wait for a bus that is not there; the call then rejects with UNREACHABLE_BUS. */
  readonly signal?: AbortSignal;
  /** Somebody who looks around: a stream that is not there is not made. */
  readonly visiting?: boolean;
}

/** Opens the bus that a configuration names. Resolves when it is there, however long that takes. The caller closes it. */
export async function openBus(config: BusConfig, context: BusContext): Promise<EventBus> {
  return config.kind === 'memory' ? drivers.memory(config, context) : drivers.jetstream(config, context);
}
