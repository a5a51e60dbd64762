import type { Clock } from '../../src/core/time/clock.ts';
import type { Entry, Log } from './log.ts';

interface Pending {
  readonly entry: Entry;
  attempt: number;
  due: number;
  holder: object;
}

export interface Taken {
  readonly entry: Entry;
  readonly attempt: number;
}

/**
 * A subscription's place in the log: what comes next, and what was handed out without an end.
 *
 * What a holder left behind comes again before anything new does, all of it at once and in order, so that the order survives
 * one crash after another; unless it is shared, which has no order.
 */
export class Durable {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #ackWait: number;
  #subjects: ReadonlySet<string> = new Set();
  #next: number;
  /** Everybody waits equally long, so the first one is due first. */
  readonly #pending = new Map<number, Pending>();
  readonly #holders = new Set<object>();
  /** What is pending of holders that are gone. */
  readonly #orphans = new Set<number>();
  #leftAt: number;
  readonly #wakers = new Set<() => void>();

  constructor(log: Log, clock: Clock, start: number, ackWait: number) {
    this.#log = log;
    this.#clock = clock;
    this.#next = start;
    this.#ackWait = ackWait;
    this.#leftAt = clock.monotonic();
  }

  takes(subject: string): boolean {
    return this.#subjects.has(subject);
  }

  /** The first sequence that may still be asked for. */
  get floor(): number {
    let floor = this.#log.last + 1;
    for (const sequence of this.#pending.keys()) floor = Math.min(floor, sequence);
    for (let next = this.#log.from(this.#next); next < floor; next++) if (this.takes(this.#log.at(next)!.subject)) return next;
    return floor;
  }

  open(holder: object, subjects: ReadonlySet<string>): void {
    this.#subjects = subjects;
    this.#holders.add(holder);
  }

  /** What the holder of a shared one leaves behind comes again when it is due, and holds back nobody. Harmless when called twice. */
  close(holder: object, shared = false): void {
    if (!this.#holders.delete(holder)) return;
    if (!shared) for (const pending of this.#pending.values()) if (pending.holder === holder) this.#orphans.add(pending.entry.sequence);
    this.#leftAt = this.#clock.monotonic();
    this.wake();
  }

  /** For how long nobody has taken from it, in milliseconds. */
  get idle(): number {
    return this.#holders.size > 0 ? 0 : this.#clock.monotonic() - this.#leftAt;
  }

  /** What is due again, then what is new: as much as there is room for. What the holder has in flight already takes no more room. */
  take(holder: object, inFlight: ReadonlySet<number>, room: number): Taken[] {
    const taken: Taken[] = [];
    const now = this.#clock.monotonic();
    let left = room;
    const again = (pending: Pending) => {
      if (!inFlight.has(pending.entry.sequence)) {
        if (left === 0) return;
        left -= 1;
      }
      pending.attempt += 1;
      pending.holder = holder;
      this.#orphans.delete(pending.entry.sequence);
      this.#wait(pending);
      taken.push({ entry: pending.entry, attempt: pending.attempt });
    };
    if (this.#orphansDue() <= now) for (const sequence of [...this.#orphans].sort((a, b) => a - b)) again(this.#pending.get(sequence)!);
    for (const pending of this.#pending.values()) {
      if (pending.due > now) break;
      if (!this.#orphans.has(pending.entry.sequence)) again(pending);
    }
    if (this.#orphans.size > 0) return taken;
    for (this.#next = this.#log.from(this.#next); this.#next <= this.#log.last && left > 0; this.#next++) {
      const entry = this.#log.at(this.#next)!;
      if (!this.takes(entry.subject)) continue;
      left -= 1;
      this.#wait({ entry, attempt: 1, due: 0, holder });
      taken.push({ entry, attempt: 1 });
    }
    return taken;
  }

  ack(sequence: number): void {
    this.#orphans.delete(sequence);
    if (this.#pending.delete(sequence)) this.wake();
  }

  working(sequence: number): void {
    const pending = this.#pending.get(sequence);
    if (pending) this.#wait(pending);
  }

  /** When something comes again that a holder with this room can take, by the monotonic clock. */
  due(inFlight: ReadonlySet<number>, room: number): number | undefined {
    const orphans = this.#orphans.size > 0 && room > 0 ? this.#orphansDue() : Number.POSITIVE_INFINITY;
    for (const [sequence, { due }] of this.#pending)
      if (!this.#orphans.has(sequence) && (room > 0 || inFlight.has(sequence))) return Math.min(due, orphans);
    return Number.isFinite(orphans) ? orphans : undefined;
  }

  /** Calls back at the next change; the returned function takes it back. */
  onWake(waker: () => void): () => void {
    this.#wakers.add(waker);
    return () => this.#wakers.delete(waker);
  }

  wake(): void {
    for (const waker of [...this.#wakers]) waker();
  }

  /** When the last of the orphans is due. */
  #orphansDue(): number {
    let due = 0;
    for (const sequence of this.#orphans) due = Math.max(due, this.#pending.get(sequence)!.due);
    return due;
  }

  #wait(pending: Pending): void {
    pending.due = this.#clock.monotonic() + this.#ackWait;
    this.#pending.delete(pending.entry.sequence);
    this.#pending.set(pending.entry.sequence, pending);
  }
}
