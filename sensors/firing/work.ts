import type { Code } from '../../src/core/errors/codes.ts';
import type { Hold } from './hold.ts';
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
export class Work {
  readonly id: string;
  readonly line: Line | undefined;
  state: 'waiting' | 'running' | 'pausing' | 'ending' = 'waiting';
  place: 'delivery' | 'storing' | 'queue';
  /** The firing with its events; undefined while it only waits in the queue. */
  waiting: Waiting | undefined;
  /** The deliveries that it keeps from being acknowledged. */
  holds: readonly Hold[];
  /** It was handed out before, so the queue must say whether it waits there already before it is fired. */
  readonly redelivered: boolean;
  /** The event before it with the same key, if that is not acknowledged yet. */
  after: Hold | undefined = undefined;
  /** Its sequence in the queue. */
  entry: number | undefined;
  /** Resolves when it is in the queue, or need not or cannot be. */
  stored: Promise<void> | undefined = undefined;
  /** The queue cannot take it (it is too large): it stays with its delivery, however long that takes. */
  unstorable = false;
  /** The queue had no room for it when it was asked last, and said that it does not wait there. */
  isRefused = false;
  /** It was refused when all that was wanted was to know whether it waits there. */
  isLookedUp = false;
  /** Attempts of this process. */
  attempts = 0;
  /** Attempts before it was queued by a predecessor; undefined until its queue entry has been read. */
  attemptsBefore: number | undefined;
  /** Times that it was tried again at once. */
  atOnce = 0;
  /** Why the last attempt failed. */
  lastCode: Code | undefined = undefined;
  /** When the last attempt started, and the first of this process, by the monotonic clock. */
  startedAt = 0;
  firstAt: number | undefined = undefined;
  /** Ends the attempt that is in flight; undefined while that is still being made ready. */
  signal: AbortSignal | undefined = undefined;
  /** It keeps the gate closed. */
  gated = false;
  /** What it shall wait for its next attempt when it is handed over, in milliseconds. */
  pause = 0;
  /** Takes back the timer of a pause. */
  cancel: (() => void) | undefined = undefined;

  private constructor(id: string, line: Line | undefined, holds: readonly Hold[], waiting: Waiting | undefined, entry: number | undefined) {
    this.id = id;
    this.line = line;
    this.holds = holds;
    this.waiting = waiting;
    this.entry = entry;
    this.place = entry === undefined ? 'delivery' : 'queue';
    this.attemptsBefore = waiting?.attempts;
    this.redelivered = holds[0]?.redelivered === true;
  }

  /** A firing that was just decided. */
  static decided(waiting: Waiting, line: Line | undefined, hold: Hold): Work {
    return new Work(waiting.firing.id, line, [hold], waiting, undefined);
  }

  /** A firing that a predecessor has put into the queue. */
  static queued({ id, sequence }: { readonly id: string; readonly sequence: number }, line: Line | undefined): Work {
    return new Work(id, line, [], undefined, sequence);
  }

  /** All attempts so far, those of predecessors included. */
  get tried(): number {
    return this.attempts + (this.attemptsBefore ?? 0);
  }
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
