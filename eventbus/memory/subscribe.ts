import type { Clock } from '../../src/core/time/clock.ts';
import type { Delivery } from '../bus.ts';
import { readEvent } from '../wire.ts';
import type { Durable, Taken } from './durable.ts';

interface Taking {
  readonly subjects: ReadonlySet<string>;
  /** See Subscription. */
  readonly shared: boolean | undefined;
  readonly maxInFlight: number;
}

/** Hands out what a durable has, as much as may be in flight at once, until the signal aborts. */
export async function* deliveries(
  durable: Durable,
  { subjects, shared, maxInFlight }: Taking,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Delivery[]> {
  const holder = {};
  const inFlight = new Set<number>();
  const deliver = ({ entry, attempt }: Taken): Delivery => {
    const { subject, sequence, storedAt } = entry;
    const { event, problem } = readEvent(entry);
    inFlight.add(sequence);
    return {
      event,
      problem,
      subject,
      sequence,
      attempt,
      storedAt,
      ack: () => {
        inFlight.delete(sequence);
        durable.ack(sequence);
      },
      working: () => durable.working(sequence),
    };
  };
  durable.open(holder, subjects);
  const close = () => durable.close(holder, shared);
  signal.addEventListener('abort', close);
  try {
    while (!signal.aborted) {
      const room = Math.max(0, Math.min(largestBatch, maxInFlight - inFlight.size));
      const taken = durable.take(holder, inFlight, room);
      if (taken.length > 0) yield taken.map(deliver);
      else await changed(durable, durable.due(inFlight, room), clock, signal);
    }
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

const largestBatch = 256;

/** Resolves when there may be something to take: a new event, an end, a wait that is over, or the abort. */
function changed(durable: Durable, due: number | undefined, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stopTimer = due === undefined ? () => {} : clock.after(Math.max(0, due - clock.monotonic()), wake);
    const stopWaking = durable.onWake(wake);
    signal.addEventListener('abort', wake);
    function wake() {
      stopTimer();
      stopWaking();
      signal.removeEventListener('abort', wake);
      resolve();
    }
  });
}
