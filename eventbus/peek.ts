import type { Address, Event } from '../src/core/event/event.ts';
import type { JetStreamConfig } from './config.ts';
import type { BusContext } from './open.ts';

/** A message that was looked at: the event, or why it is none, and where it stands in its stream. */
export interface Peeked {
  readonly event: Event | undefined;
  readonly problem: string | undefined;
  readonly subject: string;
  readonly sequence: number;
  readonly storedAt: number;
}

/**
 * Looks at the last events of some listeners, oldest first: nothing is acknowledged or changed on the bus, and the readers that this
 * takes are gone within half a minute.
 * Waits for a bus that is away until the context's signal aborts, then rejects with UNREACHABLE_BUS.
 */
export async function peek(config: JetStreamConfig, origins: readonly Address[], count: number, context: BusContext): Promise<Peeked[]> {
  const { lastEvents } = await import('./jetstream/last.ts');
  return lastEvents(config, origins, count, context);
}
