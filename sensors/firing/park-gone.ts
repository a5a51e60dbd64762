import type { Queue, QueueEntry } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { type Parked, park } from './park.ts';
import { persist } from './persist.ts';
import { decodeWaiting, readLine } from './queue-body.ts';

interface ParkContext {
  readonly sensor: { readonly name: string; readonly namespace: string };
  readonly clock: Clock;
  readonly tell: Tell;
  readonly over: AbortSignal;
  readonly parked: Queue;
}

/** Parks firings whose trigger is gone, one after another. Resolves when the queue holds them no more. */
export async function parkGone(queue: Queue, entries: readonly QueueEntry[], context: ParkContext): Promise<void> {
  const { sensor, parked, tell } = context;
  for (const { id, key, sequence } of entries) {
    const { trigger } = readLine(key ?? '');
    const body = await persist(() => queue.read(sequence), context);
    if (!body) continue;
    const error = new EngineError('EVENT_RULE_GONE', { trigger });
    await park(parked, { id, sensor: sensor.name, namespace: sensor.namespace, trigger, error, ...contentOf(body) }, context);
    await persist(() => queue.remove(sequence), context);
    tell.firingParked({ sensor: sensor.name, trigger, firing: id, error });
  }
}

function contentOf(body: Uint8Array): Pick<Parked, 'attempts' | 'events'> {
  try {
    const { attempts, firing } = decodeWaiting(body);
    return { attempts, events: firing.events };
  } catch {
    // Not written by us, or by another version: what it is cannot be said, but it must not be in the way for ever.
    return { attempts: 0, events: new Map() };
  }
}
