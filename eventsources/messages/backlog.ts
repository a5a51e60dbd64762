import type { EventSourceContext } from '../event-source.ts';
import { Lanes } from '../lanes.ts';
import { type Message, relay } from './relay.ts';

/** Messages, and bytes of them, that wait for the bus. */
const limits = { messages: 10_000, bytes: 32 * 1024 * 1024 };

/**
 * Takes messages from a sender that cannot be held back and sends nothing twice: a plain subscription. They wait here for a slow bus;
 * when that is too many, what comes then is lost, and told and counted as such. Messages with one order key keep their order, also over
 * a lost connection: there is one backlog for the whole life of a source.
 */
export class Backlog {
  readonly #context: EventSourceContext;
  readonly #metadata: Readonly<Record<string, string>> | undefined;
  readonly #lanes: Lanes;
  #messages = 0;
  #bytes = 0;
  #isFull = false;
  #failure: { thrown: unknown } | undefined;
  #failed: (thrown: unknown) => void = () => {};

  constructor(context: EventSourceContext, metadata: Readonly<Record<string, string>> | undefined) {
    this.#context = context;
    this.#metadata = metadata;
    this.#lanes = new Lanes(limits.messages + 1, (thrown) => {
      this.#failure = { thrown };
      this.#failed(thrown);
    });
  }

  /** Whoever asks last is told of the first error that waiting cannot mend, and that the signal has aborted. */
  onFailure(failed: (thrown: unknown) => void): void {
    this.#failed = failed;
    if (this.#failure) failed(this.#failure.thrown);
  }

  add(message: Message, bytes: number): void {
    const { tell, eventSourceName: eventsource, eventName: event } = this.#context;
    if (this.#messages >= limits.messages || (this.#messages > 0 && this.#bytes + bytes > limits.bytes)) {
      tell.messageLost({ eventsource, event, ...message.about });
      if (!this.#isFull) tell.messagesLost({ eventsource, event, waiting: this.#messages });
      this.#isFull = true;
      return;
    }
    this.#messages += 1;
    this.#bytes += bytes;
    void this.#lanes.push(message.orderKey ?? '', async () => {
      await relay(message, this.#metadata, this.#context);
      this.#messages -= 1;
      this.#bytes -= bytes;
      // Told again only after it has been half empty, or a bus that is a little too slow would fill the log.
      if (this.#messages <= limits.messages / 2 && this.#bytes <= limits.bytes / 2) this.#isFull = false;
    });
  }
}
