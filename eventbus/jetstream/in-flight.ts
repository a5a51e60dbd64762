import type { Delivery } from '../bus.ts';
import { ackWait } from '../terms.ts';
import { readEvent } from '../wire.ts';
import type { Connection } from './connection.ts';
import type { RawMessage } from './message.ts';

const ackBytes = Buffer.from('+ACK');
const workingBytes = Buffer.from('+WPI');
const giveBackBytes = Buffer.from('-NAK');

/** How many ended deliveries are remembered, in case their acknowledgement was lost on the way. */
const remembered = 4096;

/** What has arrived and was not ended yet: waiting to be handed out, or handed out. */
export class InFlight {
  readonly #connection: Connection;
  readonly #changed: () => void;
  #waiting: RawMessage[] = [];
  /** Sequence → when it was last touched, of what was handed out. */
  readonly #handedOut = new Map<number, number>();
  readonly #ended = new Set<number>();

  /** `changed` is called when something has arrived, and when something has ended. */
  constructor(connection: Connection, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
  }

  get handedOut(): number {
    return this.#handedOut.size;
  }

  get size(): number {
    return this.#waiting.length + this.#handedOut.size;
  }

  /** The first sequence that is not ended, or Infinity. */
  get first(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const { sequence } of this.#waiting) first = Math.min(first, sequence);
    for (const sequence of this.#handedOut.keys()) first = Math.min(first, sequence);
    return first;
  }

  /**
   * Takes in what the server sent. Of repeats only those count whose holder has been silent for so long that it must have
   * forgotten them: one that was ended is acknowledged again, one that is being worked on is left alone.
   */
  arrived(message: RawMessage): void {
    if (message.attempt > 1) {
      const { sequence } = message;
      if (this.#ended.has(sequence)) {
        this.#answer(message, ackBytes);
        return;
      }
      const touched = this.#handedOut.get(sequence);
      if (touched !== undefined && this.#now() - touched < ackWait * 0.9) return;
      this.#handedOut.delete(sequence);
      const index = this.#waiting.findIndex((other) => other.sequence === sequence);
      if (index >= 0) {
        this.#waiting[index] = message;
        return;
      }
    }
    this.#waiting.push(message);
    this.#changed();
  }

  /** Hands out at most `most` of what waits. */
  take(most: number): Delivery[] {
    const taken = this.#waiting.length <= most ? this.#waiting : this.#waiting.slice(0, most);
    this.#waiting = this.#waiting.length <= most ? [] : this.#waiting.slice(most);
    return taken.map((message) => this.#delivery(message));
  }

  /** What waits here must not come again meanwhile. */
  keepAlive(): void {
    for (const message of this.#waiting) this.#answer(message, workingBytes);
  }

  /** Gives back what waits, in order, so that the next one gets it at once. */
  giveBack(): void {
    for (const message of this.#waiting.sort((a, b) => a.sequence - b.sequence)) this.#answer(message, giveBackBytes);
    this.#waiting = [];
  }

  #delivery(message: RawMessage): Delivery {
    const { subject, sequence, attempt, storedAt } = message;
    this.#handedOut.set(sequence, this.#now());
    const { event, problem } = readEvent(message);
    return {
      event,
      problem,
      subject,
      sequence,
      attempt,
      storedAt,
      ack: () => {
        if (!this.#end(sequence)) return;
        this.#remember(sequence);
        this.#answer(message, ackBytes);
        this.#changed();
      },
      working: () => {
        if (!this.#handedOut.has(sequence)) return;
        this.#handedOut.set(sequence, this.#now());
        this.#answer(message, workingBytes);
      },
    };
  }

  /** False when it has ended before. A repeat of it that waits has ended with it. */
  #end(sequence: number): boolean {
    if (this.#handedOut.delete(sequence)) return true;
    const index = this.#waiting.findIndex((other) => other.sequence === sequence);
    if (index >= 0) this.#waiting.splice(index, 1);
    return index >= 0;
  }

  #remember(sequence: number): void {
    this.#ended.add(sequence);
    if (this.#ended.size > remembered) this.#ended.delete(this.#ended.values().next().value!);
  }

  /** What is lost because the connection is away comes again, and is answered then. */
  #answer({ reply }: RawMessage, bytes: Uint8Array): void {
    const { nats } = this.#connection;
    if (!nats.isClosed() && !nats.isDraining()) nats.publish(reply, bytes);
  }

  #now(): number {
    return this.#connection.clock.monotonic();
  }
}
