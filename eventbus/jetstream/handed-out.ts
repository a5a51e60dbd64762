import type { Event } from '../../src/core/event/event.ts';
import type { Delivery } from '../bus.ts';
import { readEvent } from '../wire.ts';
import type { RawMessage } from './message.ts';

/** Who is told what becomes of a message. `stream` tells which stream its sequence is of. */
interface Holder {
  acknowledge(message: RawMessage, stream: number): void;
  stillWorking(message: RawMessage, stream: number): void;
}

/** A message that was handed out. It is read when somebody first looks at its event: until then many wait, and should be small. */
export class HandedOut implements Delivery {
  readonly #message: RawMessage;
  readonly #stream: number;
  readonly #holder: Holder;
  #read: ReturnType<typeof readEvent> | undefined;

  constructor(message: RawMessage, stream: number, holder: Holder) {
    this.#message = message;
    this.#stream = stream;
    this.#holder = holder;
  }

  get event(): Event | undefined {
    this.#read ??= readEvent(this.#message);
    return this.#read.event;
  }

  get problem(): string | undefined {
    this.#read ??= readEvent(this.#message);
    return this.#read.problem;
  }

  get subject(): string {
    return this.#message.subject;
  }

  get sequence(): number {
    return this.#message.sequence;
  }

  get attempt(): number {
    return this.#message.attempt;
  }

  get storedAt(): number {
    return this.#message.storedAt;
  }

  ack(): void {
    this.#holder.acknowledge(this.#message, this.#stream);
  }

  working(): void {
    this.#holder.stillWorking(this.#message, this.#stream);
  }
}
