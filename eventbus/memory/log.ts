import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { Stored } from '../bus.ts';
import type { Message, StoredMessage } from '../wire.ts';

export interface LogLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
  /** How long a message id is remembered, in milliseconds. */
  readonly duplicates: number;
}

export interface Entry extends StoredMessage {
  readonly sequence: number;
  readonly head: Uint8Array;
  readonly id: string;
}

/** The stream of events: what was appended, in order, until it is purged. */
export class Log {
  readonly created: string;
  readonly #clock: Clock;
  readonly #limits: LogLimits;
  /** `#entries[0]` has the sequence `#first`. */
  #entries: Entry[] = [];
  #first = 1;
  #bytes = 0;
  /** In order of arrival, so that the oldest come first. */
  readonly #ids = new Map<string, { sequence: number; until: number }>();

  constructor(clock: Clock, limits: LogLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.created = new Date(clock.now()).toISOString();
  }

  get last(): number {
    return this.#first + this.#entries.length - 1;
  }

  /** Copies the bytes: what the sender does with them afterwards changes nothing here. `makeRoom` says up to where everybody has read. */
  append(subject: string, id: string, { head, body }: Message, makeRoom: () => number): Stored {
    const now = this.#clock.monotonic();
    for (const [old, { until }] of this.#ids) {
      if (until > now) break;
      this.#ids.delete(old);
    }
    const known = this.#ids.get(id);
    if (known) return { sequence: known.sequence, duplicate: true };
    const size = head.length + body.length;
    if (this.#full(size)) this.#purgeBefore(makeRoom());
    if (this.#full(size)) throw new EngineError('REMOTE_BUS_FULL', { stream: 'in memory' });
    const sequence = this.last + 1;
    this.#entries.push({ sequence, subject, id, head, body: Uint8Array.from(body), storedAt: this.#clock.now() });
    this.#bytes += size;
    this.#ids.set(id, { sequence, until: now + this.#limits.duplicates });
    return { sequence, duplicate: false };
  }

  at(sequence: number): Entry | undefined {
    return this.#entries[sequence - this.#first];
  }

  /** The first sequence at or after `sequence` that is still there (or will be the next). */
  from(sequence: number): number {
    return Math.max(sequence, this.#first);
  }

  /** The first sequence that was stored at or after a time. */
  since(time: number): number {
    const index = this.#entries.findIndex((entry) => entry.storedAt >= time);
    return index < 0 ? this.last + 1 : this.#first + index;
  }

  #full(size: number): boolean {
    return this.#entries.length >= this.#limits.maxMessages || this.#bytes + size > this.#limits.maxBytes;
  }

  #purgeBefore(sequence: number): void {
    const count = Math.min(this.#entries.length, sequence - this.#first);
    if (count <= 0) return;
    for (const entry of this.#entries.splice(0, count)) this.#bytes -= entry.head.length + entry.body.length;
    this.#first += count;
  }
}
