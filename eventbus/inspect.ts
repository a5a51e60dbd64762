import type { JetStreamConfig } from './config.ts';
import type { BusContext } from './open.ts';

/** What a bus has of what we need. `problem` is a clause for the author of the EventBus; undefined when all is there or can be made. */
export interface Inspected {
  readonly server: string;
  readonly stream: string;
  readonly problem: string | undefined;
}

/**
 * Asks whether JetStream is on and whether the stream is there or there is room to make it. Changes nothing. Waits for a bus that is away
 * until the context's signal aborts, then rejects with UNREACHABLE_BUS.
 */
export async function inspect(config: JetStreamConfig, context: BusContext): Promise<Inspected> {
  const { inspectJetStream } = await import('./jetstream/inspect.ts');
  return inspectJetStream(config, context);
}
