import type { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { unlessAborted } from '../../src/core/lifecycle/unless-aborted.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { EventSourceContext } from '../event-source.ts';

const backoff = { first: 200, ceiling: 10_000 };

/**
 * Holds a connection for as long as the signal does not abort: opens it, and opens it again when it is lost or cannot be had, with waits
 * from 0.2 to 10 s. A server that is away, or that refuses us, is told of once for each reason, and the source is not ready meanwhile.
 *
 * `session` connects, says `listening` once it hears, and lasts as long as the connection: it rejects with an EngineError when that is
 * lost, and cleans up after itself in any case. Rejects with errors that time does not mend.
 */
export async function keepConnected(
  { signal, clock, tell, ready, eventSourceName: eventsource, eventName: event }: EventSourceContext,
  session: (listening: () => void) => Promise<void>,
): Promise<void> {
  let attempts = 0;
  let told: string | undefined;
  const listening = (): void => {
    if (signal.aborted) return;
    if (told !== undefined) tell.senderBack({ eventsource, event });
    attempts = 0;
    told = undefined;
    ready(true);
  };
  while (!signal.aborted) {
    let error: EngineError;
    try {
      await unlessAborted(session(listening), signal);
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      error = fromUnknown(thrown);
    }
    if (error.retry === 'never') throw error;
    ready(false);
    attempts += 1;
    if (told !== error.message) tell.senderAway({ eventsource, event, error });
    told = error.message;
    await clock.sleep(typeof error.retry === 'object' ? error.retry.after : waitAfter(attempts, backoff), signal);
  }
}
