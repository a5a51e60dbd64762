import { onceATurn } from '../../src/core/time/once-a-turn.ts';
import type { Delivery } from '../bus.ts';
import { ackWait } from '../terms.ts';
import type { Connection } from './connection.ts';
import { HandedOut } from './handed-out.ts';
import type { RawMessage } from './message.ts';
import { type Note, sendAll } from './send-all.ts';

const done = '+ACK';
const stillInWork = '+WPI';
const givenBack = '-NAK';

/** How many ended deliveries are remembered, in case their acknowledgement was lost on the way. */
const remembered = 4096;

/** What has arrived and was not ended yet, by sequence: waiting to be handed out, or handed out. */
export class InFlight {
  readonly #connection: Connection;
  readonly #changed: () => void;
  readonly #waiting = new Map<number, RawMessage>();
  /** When what was handed out was last touched. */
  readonly #handedOut = new Map<number, number>();
  readonly #ended = new Set<number>();
  readonly #answers: Note[] = [];
  readonly #sendSoon = onceATurn(() => this.send());
  /** Milliseconds that an answer may wait for others. */
  #patience: number;
  #stopWaiting: (() => void) | undefined;
  /** Messages that somebody left unacknowledged and that have not come again: nothing is handed out before them. */
  #missing = 0;
  #stopTimer = () => {};
  /** Sequences of another stream mean other messages: what was handed out before a change of streams has no say after it. */
  #stream = 0;

  /** `changed` is called when something has arrived, and when something has ended. */
  constructor(connection: Connection, changed: () => void, acksWithin = 0) {
    this.#connection = connection;
    this.#changed = changed;
    this.#patience = acksWithin;
  }

  get handedOut(): number {
    return this.#handedOut.size;
  }

  get size(): number {
    return this.#waiting.size + this.#handedOut.size;
  }

  /** How many there are up to a sequence. */
  upTo(sequence: number): number {
    let count = 0;
    for (const one of this.#waiting.keys()) if (one <= sequence) count += 1;
    for (const one of this.#handedOut.keys()) if (one <= sequence) count += 1;
    return count;
  }

  /** Of what somebody left behind, how many have not come again. */
  get missing(): number {
    return this.#missing;
  }

  /** The first sequence that is not ended, or Infinity. */
  get first(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const sequence of this.#waiting.keys()) first = Math.min(first, sequence);
    for (const sequence of this.#handedOut.keys()) first = Math.min(first, sequence);
    return first;
  }

  /**
   * Holds everything back until so many messages that somebody left unacknowledged have come again, then hands out in the order of
   * the stream. The server sends them as their times run out, and a "still working" for an early one, sent while later ones were on
   * their way, makes it come last. Those that have not come after `within` milliseconds are gone from the stream.
   */
  awaitLeftBehind(count: number, within = 0): void {
    this.#stopTimer();
    this.#missing = count;
    if (count > 0) this.#stopTimer = this.#connection.clock.after(within, () => this.awaitLeftBehind(0));
    else this.#sort();
  }

  #sort(): void {
    const inOrder = [...this.#waiting.values()].sort((a, b) => a.sequence - b.sequence);
    this.#waiting.clear();
    for (const message of inOrder) this.#waiting.set(message.sequence, message);
    if (inOrder.length > 0) this.#changed();
  }

  #cameAgain(): void {
    if (this.#missing === 1) this.awaitLeftBehind(0);
    else if (this.#missing > 1) this.#missing -= 1;
  }

  /**
   * Takes in what the server sent. A repeat of what was ended is acknowledged again; one of what is being worked on is left alone,
   * unless its holder has been silent for so long that it must have forgotten it.
   */
  arrived(message: RawMessage): void {
    const { sequence } = message;
    if (this.#ended.has(sequence)) {
      this.#answer(message, done);
      this.#cameAgain();
      return;
    }
    const isOurs = this.#waiting.has(sequence) || this.#handedOut.has(sequence);
    const touched = this.#handedOut.get(sequence);
    if (touched !== undefined && this.#now() - touched < ackWait * 0.9) return;
    this.#handedOut.delete(sequence);
    this.#waiting.set(sequence, message);
    if (message.attempt > 1 && !isOurs) this.#cameAgain();
    this.#changed();
  }

  /** Hands out at most `most` of what waits. */
  take(most: number): Delivery[] {
    const taken: Delivery[] = [];
    if (this.#missing > 0) return taken;
    for (const [sequence, message] of this.#waiting) {
      if (taken.length >= most) break;
      this.#waiting.delete(sequence);
      this.#handedOut.set(sequence, this.#now());
      taken.push(new HandedOut(message, this.#stream, this));
    }
    return taken;
  }

  /** What waits here must not come again meanwhile. */
  keepAlive(): void {
    for (const message of this.#waiting.values()) this.#answer(message, stillInWork);
  }

  /** Gives back what waits, in order, so that the next one gets it at once. */
  giveBack(): void {
    this.#stopTimer();
    this.#patience = 0;
    this.#sendSoon();
    for (const message of [...this.#waiting.values()].sort((a, b) => a.sequence - b.sequence)) this.#answer(message, givenBack);
    this.#waiting.clear();
  }

  /** The stream was made anew. */
  forgetAll(): void {
    this.#stream += 1;
    this.#waiting.clear();
    this.#handedOut.clear();
    this.#ended.clear();
  }

  acknowledge(message: RawMessage, stream: number): void {
    if (stream !== this.#stream || !this.#end(message.sequence)) return;
    this.#remember(message.sequence);
    this.#answer(message, done);
    this.#changed();
  }

  stillWorking(message: RawMessage, stream: number): void {
    if (stream !== this.#stream || !this.#handedOut.has(message.sequence)) return;
    this.#handedOut.set(message.sequence, this.#now());
    this.#answer(message, stillInWork);
  }

  /** False when it has ended before. A repeat of it that waits has ended with it. */
  #end(sequence: number): boolean {
    return this.#handedOut.delete(sequence) || this.#waiting.delete(sequence);
  }

  #remember(sequence: number): void {
    this.#ended.add(sequence);
    if (this.#ended.size > remembered) this.#ended.delete(this.#ended.values().next().value!);
  }

  /** Not each for itself: the client writes to its socket in every microtask in which it is given something. */
  #answer({ reply }: RawMessage, text: string): void {
    this.#answers.push({ to: reply, text });
    this.#connection.unsaid.add(this);
    if (this.#patience === 0) this.#sendSoon();
    else this.#stopWaiting ??= this.#connection.clock.after(this.#patience, () => this.send());
  }

  /** What is lost because the connection is away comes again, and is answered then. */
  send(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#connection.unsaid.delete(this);
    const { nats } = this.#connection;
    const answers = this.#answers.splice(0);
    if (answers.length > 0 && !nats.isClosed() && !nats.isDraining()) sendAll(nats, answers);
  }

  #now(): number {
    return this.#connection.clock.monotonic();
  }
}
