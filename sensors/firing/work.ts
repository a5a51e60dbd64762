import type { Code } from '../../src/core/errors/codes.ts';
import type { Hold } from '../deliveries/intake.ts';
import type { Waiting } from './queue-body.ts';

/**
 * One firing on its way from the decision to its outcome. Two things are told apart.
 *
 * What happens to it (`state`):
 * - `waiting`: for the firings before it with the same order key, or for a free slot;
 * - `running`: an attempt is in flight;
 * - `pausing`: an attempt failed, and the next one is not due yet;
 * - `ending`: its outcome is known and is being written (its queue entry removed, or the firing parked).
 *
 * Where it would be found after a crash (`place`):
 * - `delivery`: the event is not acknowledged, so it comes again;
 * - `storing`: the same, and it is being put into the queue, or is already there without our knowing;
 * - `queue`: in the durable queue under `entry`; the event may be acknowledged.
 */
export interface Work {
  readonly id: string;
  readonly line: Line | undefined;
  state: 'waiting' | 'running' | 'pausing' | 'ending';
  place: 'delivery' | 'storing' | 'queue';
  /** The firing with its events; undefined while it only waits in the queue. */
  waiting: Waiting | undefined;
  /** The deliveries that it keeps from being acknowledged. */
  holds: readonly Hold[];
  /** The event before it with the same key, if that is not acknowledged yet. */
  after: Hold | undefined;
  /** Its sequence in the queue. */
  entry: number | undefined;
  /** Resolves when it is in the queue, or need not or cannot be. */
  stored: Promise<void> | undefined;
  /** It was handed out before, so the queue must say whether it waits there already before it is fired. */
  readonly redelivered: boolean;
  /** The queue cannot take it (it is too large): it stays with its delivery, however long that takes. */
  unstorable: boolean;
  /** Attempts of this process. */
  attempts: number;
  /** Attempts before it was queued by a predecessor; undefined until its queue entry has been read. */
  attemptsBefore: number | undefined;
  /** Times that it was tried again at once. */
  atOnce: number;
  /** Why the last attempt failed. */
  lastCode: Code | undefined;
  /** By the monotonic clock. */
  startedAt: number;
  signal: AbortSignal | undefined;
  /** It keeps the gate closed. */
  gated: boolean;
  /** Takes back the timer of a pause. */
  cancel: (() => void) | undefined;
}

/** The firings of one trigger with one order key, in stream order; the first one is being worked, the others wait for it. */
export interface Line {
  readonly key: string;
  readonly works: Work[];
  /** The event of the newest one that came from a delivery. */
  last: Hold | undefined;
  /** Somebody is putting its firings into the queue, one after another. */
  keeping: boolean;
}

export function newWork(known: Pick<Work, 'id' | 'line' | 'place' | 'waiting' | 'holds' | 'entry' | 'redelivered'>): Work {
  return {
    ...known,
    state: 'waiting',
    after: undefined,
    stored: undefined,
    unstorable: false,
    attempts: 0,
    attemptsBefore: known.waiting ? 0 : undefined,
    gated: false,
    atOnce: 0,
    lastCode: undefined,
    startedAt: 0,
    signal: undefined,
    cancel: undefined,
  };
}
