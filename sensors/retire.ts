import type { EventBus } from '../eventbus/bus.ts';
import type { Tell } from '../src/core/telemetry/tell.ts';
import type { Clock } from '../src/core/time/clock.ts';
import { parkGone } from './firing/park-gone.ts';
import { entriesOf } from './firing/queue-entries.ts';
import { nameOnBus } from './names.ts';

/**
 * For a Sensor that was deleted, and not only stopped: parks the firings that still wait, and gives up its place in the stream,
 * which would otherwise keep the bus from making room.
 *
 * Waits until nobody works the sensor any more. Rejects when the bus cannot be reached, or the signal aborts; call it again then.
 */
export async function retireSensor(
  sensor: { readonly namespace: string; readonly name: string },
  { bus, clock, tell, signal }: { bus: EventBus; clock: Clock; tell: Tell; signal: AbortSignal },
): Promise<void> {
  const name = nameOnBus(sensor);
  const lease = await bus.lease(name, signal);
  try {
    const queue = await bus.queue(name);
    await parkGone(queue, await entriesOf(queue), { sensor, clock, tell, parked: await bus.parked(), over: lease.lost });
    await bus.forget(name);
  } finally {
    await lease.release().catch(() => {});
  }
}
