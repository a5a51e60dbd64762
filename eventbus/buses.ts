import type { JetStreamConfig } from './config.ts';
import type { BusContext } from './open.ts';

/**
 * The buses that servers keep, whoever made them: the same configuration with the names of each. Changes nothing. Waits for servers that
 * are away until the context's signal aborts, then rejects with UNREACHABLE_BUS.
 */
export async function busesOn(config: JetStreamConfig, context: BusContext): Promise<JetStreamConfig[]> {
  const { jetStreamBuses } = await import('./jetstream/buses.ts');
  return jetStreamBuses(config, context);
}
