import { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import type { Lease } from '../bus.ts';
import { leaseTerms } from '../terms.ts';
import { messageOf } from './api.ts';
import type { Connection } from './connection.ts';
import type { LeaseStore } from './lease-store.ts';

/** By how much an owner gives up before the server forgets it. */
const margin = 200;
/** How often somebody who waits looks, besides hearing of a release at once. */
const lookEvery = 250;

const released = new Uint8Array(0);

/**
 * Leases are keys of a bucket whose entries the server forgets after 2 s: made by who finds none, renewed by compare-and-set, and
 * overwritten with nothing on release, which those who wait hear at once.
 */
export function leases(connection: Connection, store: LeaseStore, owner: () => string) {
  const held = new Set<Lease>();
  const acquire = async (name: string, signal: AbortSignal): Promise<Lease> => {
    const subject = store.subjectOf(name);
    const token = Buffer.from(owner());
    let free = () => {};
    let told: string | undefined;
    const complain = (thrown: unknown): undefined => {
      const error = fromUnknown(thrown);
      if (connection.connected && told !== error.message)
        connection.tell.busWarning({ lease: name, warning: 'the lease cannot be asked for; trying again', error });
      told = error.message;
    };
    const watch = connection.nats.subscribe(subject, { callback: (_, { data }) => void (data.length === 0 && free()) });
    try {
      while (!signal.aborted) {
        const sent = connection.clock.monotonic();
        const taken = await take(connection, store, subject, token).catch(complain);
        if (taken !== undefined) {
          const { revision, isForgotten } = taken;
          // What has run out was not renewed for as long as it holds, and who renews no more does nothing else.
          const quietSince = isForgotten ? sent - (leaseTerms.ttl - leaseTerms.renewEvery) : undefined;
          const lease = hold(connection, store, { subject, token, revision, sent, quietSince }, held);
          if (!signal.aborted) return lease;
          await lease.release();
        }
        if (signal.aborted) break;
        await new Promise<void>((resolve) => {
          const stopTimer = connection.clock.after(lookEvery, resolve);
          free = () => {
            stopTimer();
            resolve();
          };
          signal.addEventListener('abort', free, { once: true });
        });
        signal.removeEventListener('abort', free);
      }
      throw new EngineError('CONFLICT_LEASE', { name });
    } finally {
      watch.unsubscribe();
    }
  };
  return { acquire, releaseAll: () => Promise.all([...held].map((lease) => lease.release())) };
}

interface Taken {
  readonly revision: number;
  /** Nobody had it: the lease of the owner before, if there was one, has run out. */
  readonly isForgotten: boolean;
}

/**
 * The lease when it was free, or ours already (the answer to an earlier try was lost).
 * The stream is made first: those who watch the subject would keep the server from saying that nobody stores it.
 */
async function take(connection: Connection, store: LeaseStore, subject: string, token: Buffer): Promise<Taken | undefined> {
  if (!(await store.remembers())) return undefined;
  const written = await store.write(subject, token, 0);
  if ('sequence' in written) return { revision: written.sequence, isForgotten: true };
  const held = await messageOf(connection, store.stream, { last_by_subj: subject });
  if (!held || (held.data && held.data !== token.toString('base64'))) return undefined;
  const revision = await renew(store, subject, token, held.seq);
  return revision === undefined ? undefined : { revision, isForgotten: false };
}

async function renew(store: LeaseStore, subject: string, token: Buffer, revision: number): Promise<number | undefined> {
  const written = await store.write(subject, token, revision);
  return 'sequence' in written ? written.sequence : undefined;
}

interface Held {
  readonly subject: string;
  readonly token: Buffer;
  revision: number;
  /** When the last write that the server accepted was sent, by the monotonic clock. */
  sent: number;
  readonly quietSince: number | undefined;
}

function hold(connection: Connection, store: LeaseStore, held: Held, all: Set<Lease>): Lease {
  const { clock } = connection;
  const lost = new AbortController();
  let over = false;
  let cancelRenewal = () => {};
  let cancelEnd = () => {};
  const stop = () => {
    over = true;
    all.delete(lease);
    cancelRenewal();
    cancelEnd();
  };
  const lose = () => {
    stop();
    lost.abort();
  };
  const extend = () => {
    cancelEnd();
    cancelEnd = clock.after(Math.max(0, held.sent + leaseTerms.ttl - margin - clock.monotonic()), lose);
  };
  const renewal = async (): Promise<void> => {
    const sent = clock.monotonic();
    try {
      const taken = (await renew(store, held.subject, held.token, held.revision)) ?? (await takeBack());
      if (taken !== undefined) held.revision = taken;
      if (over) return;
      if (taken === undefined) return lose();
      held.sent = sent;
      extend();
    } catch {
      // Away, or slow: the end stands as it is, and until then it is tried again.
    }
    schedule();
  };
  /** Our own write whose answer was lost stands in the way of the next, or the servers have forgotten it; somebody else's ends the lease. */
  const takeBack = async (): Promise<number | undefined> => {
    const found = await messageOf(connection, store.stream, { last_by_subj: held.subject });
    return !found || found.data === held.token.toString('base64') ? renew(store, held.subject, held.token, found?.seq ?? 0) : undefined;
  };
  let renewing = Promise.resolve();
  const schedule = () => {
    if (over) return;
    cancelRenewal = clock.after(leaseTerms.renewEvery, () => {
      renewing = renewal();
    });
  };
  const lease: Lease = {
    lost: lost.signal,
    get until() {
      return held.sent + leaseTerms.ttl - margin;
    },
    ...(held.quietSince === undefined ? {} : { quietSince: held.quietSince }),
    async release() {
      if (over) return;
      stop();
      await renewing;
      await store.write(held.subject, released, held.revision).catch(() => {});
    },
  };
  all.add(lease);
  extend();
  schedule();
  return lease;
}
