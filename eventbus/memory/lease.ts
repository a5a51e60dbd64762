import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { Lease } from '../bus.ts';
import { leaseTerms } from '../terms.ts';

export interface LeaseTable {
  readonly held: Map<string, { owner: object; until: number }>;
  /** Called at every release. */
  readonly waiting: Set<() => void>;
}

/** Waits until the lease is free, takes it and renews it until it is released or the bus is closed. */
export async function lease(table: LeaseTable, name: string, clock: Clock, signal: AbortSignal, closed: AbortSignal): Promise<Lease> {
  const owner = {};
  const stop = AbortSignal.any([signal, closed]);
  for (;;) {
    if (stop.aborted) throw new EngineError('CONFLICT_LEASE', { name });
    const held = table.held.get(name);
    if (!held || held.until <= clock.monotonic()) break;
    await freed(table, held.until - clock.monotonic(), clock, stop);
  }
  const lost = new AbortController();
  let cancel = () => {};
  const renew = () => {
    // Also where whoever has had it since is gone again: what was known before is old.
    if (table.held.get(name)?.owner !== owner) return lost.abort();
    extend();
  };
  const extend = () => {
    table.held.set(name, { owner, until: clock.monotonic() + leaseTerms.ttl });
    cancel = clock.after(leaseTerms.renewEvery, renew);
  };
  const release = () => {
    cancel();
    closed.removeEventListener('abort', release);
    if (table.held.get(name)?.owner !== owner) return;
    table.held.delete(name);
    for (const wake of [...table.waiting]) wake();
  };
  extend();
  closed.addEventListener('abort', release);
  return {
    lost: lost.signal,
    get until() {
      const held = table.held.get(name);
      return held?.owner === owner ? held.until : Number.NEGATIVE_INFINITY;
    },
    release: async () => release(),
  };
}

function freed(table: LeaseTable, within: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stopTimer = clock.after(within, wake);
    table.waiting.add(wake);
    signal.addEventListener('abort', wake);
    function wake() {
      stopTimer();
      table.waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    }
  });
}
