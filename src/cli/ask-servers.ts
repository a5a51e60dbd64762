import type { BusContext } from '../../eventbus/open.ts';
import { createTell } from '../core/telemetry/tell.ts';
import type { Clock } from '../core/time/clock.ts';

/** How long servers may take to answer, in milliseconds; those that refuse are not waited for. */
const patience = 5_000;

/** For commands, which do not wait until a bus is there: asks its servers once. Rejects with what `ask` throws, or with why they are away. */
export async function askServers<T>(clock: Clock, ask: (context: BusContext) => Promise<T>): Promise<T> {
  const gone = new AbortController();
  let away: unknown;
  const tell = createTell((name, _happening, fields) => {
    if (name !== 'busAway') return;
    away = fields['error'];
    gone.abort();
  });
  try {
    return await ask({ tell, clock, signal: AbortSignal.any([gone.signal, AbortSignal.timeout(patience)]) });
  } catch (thrown) {
    throw away ?? thrown;
  }
}
