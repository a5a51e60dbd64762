import type { EventBus, Lease } from '../eventbus/bus.ts';
import type { Clock } from '../src/core/time/clock.ts';

/**
 * In milliseconds: the bus hands out again what it has not heard of for 2 s, and what is in work may have been told so 0.6 s ago
 * (`deliveries/intake.ts`).
 */
const holds = 1_300;
const renewEvery = 200;

export interface Presence extends Pick<Lease, 'lost' | 'until'> {
  end(): void;
}

/**
 * What a lease is for an owner, for a process that shares its events with others: while it holds, nobody else is handed what this process
 * was. It is lost when the process has hung, or the bus was away, for so long that others may have that by now.
 */
export function presence({ bus, clock }: { bus: EventBus; clock: Clock }): Presence {
  const lost = new AbortController();
  let until = clock.monotonic() + holds;
  let cancel = () => {};
  const renew = () => {
    const now = clock.monotonic();
    if (now >= until) return lost.abort();
    if (bus.connected) until = now + holds;
    cancel = clock.after(renewEvery, renew);
  };
  renew();
  return {
    lost: lost.signal,
    get until() {
      return until;
    },
    end: () => cancel(),
  };
}
