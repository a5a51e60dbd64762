import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../src/core/time/clock.ts';
import { onceATurn } from '../../src/core/time/once-a-turn.ts';

interface Open {
  readonly subject: string;
  readonly body: Uint8Array;
  readonly head: Uint8Array | undefined;
  readonly resolve: (answer: Msg) => void;
  readonly reject: (reason: Error) => void;
  readonly until: number;
}

/** Why a request has no answer. */
export class Unanswered extends Error {
  readonly kind: 'nobody listens' | 'too late' | 'disconnected';

  constructor(kind: Unanswered['kind']) {
    super(kind);
    this.kind = kind;
  }
}

/**
 * Requests on one inbox, as many at once as one likes. The client's own cost a timer and an error object each; these share one
 * timer, and take a header block as it is.
 */
export class Requests {
  readonly #nats: NatsConnection;
  readonly #clock: Clock;
  readonly #inbox = createInbox();
  /** In the order of sending, which is the order of their ends. */
  readonly #open = new Map<string, Open>();
  readonly #patience: number;
  readonly #before: () => void;
  /** Tokens of those that are not on their way yet. */
  readonly #unsent: string[] = [];
  /** Once a turn for all: the client writes to its socket in every microtask in which it is given something. */
  readonly #sendSoon = onceATurn(() => this.#send());
  #last = 0;
  #stopWatching: (() => void) | undefined;

  /** `before` says on the connection what has to be said before a request. */
  constructor(nats: NatsConnection, clock: Clock, { patience, before }: { patience: number; before: () => void }) {
    this.#nats = nats;
    this.#clock = clock;
    this.#patience = patience;
    this.#before = before;
    nats.subscribe(`${this.#inbox}.*`, { callback: (_, answer) => this.#answered(answer) });
  }

  /** Rejects with Unanswered. */
  send(subject: string, body: Uint8Array, head?: Uint8Array): Promise<Msg> {
    return new Promise((resolve, reject) => {
      const token = (this.#last++).toString(36);
      this.#open.set(token, { subject, body, head, resolve, reject, until: this.#clock.monotonic() + this.#patience });
      this.#unsent.push(token);
      this.#sendSoon();
      this.#watch();
    });
  }

  #send(): void {
    this.#before();
    for (const token of this.#unsent.splice(0)) {
      const request = this.#open.get(token);
      if (!request) continue;
      const { subject, body, head, reject } = request;
      try {
        this.#nats.publish(subject, body, { reply: `${this.#inbox}.${token}`, ...(head ? { headers: asHeaders(head) } : {}) });
      } catch (thrown) {
        this.#open.delete(token);
        reject(thrown as Error);
      }
    }
  }

  /** Gives up all that are open: their answers, if any, went to a connection that is gone. */
  disconnected(): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of open) reject(new Unanswered('disconnected'));
  }

  /** The connection was closed by us: no answer comes any more. */
  close(): void {
    this.disconnected();
    this.#stopWatching?.();
  }

  #answered(answer: Msg): void {
    const token = answer.subject.slice(this.#inbox.length + 1);
    const request = this.#open.get(token);
    if (!request) return;
    this.#open.delete(token);
    if (answer.data.length === 0 && answer.headers?.code === 503) request.reject(new Unanswered('nobody listens'));
    else request.resolve(answer);
  }

  #watch(): void {
    if (this.#stopWatching || this.#open.size === 0) return;
    this.#stopWatching = this.#clock.after(1000, () => {
      this.#stopWatching = undefined;
      const now = this.#clock.monotonic();
      for (const [token, { reject, until }] of this.#open) {
        if (until > now) break;
        this.#open.delete(token);
        reject(new Unanswered('too late'));
      }
      this.#watch();
    });
  }
}

/** A header block as the client takes it: all it asks for is the bytes. */
const asHeaders = (head: Uint8Array): MsgHdrs => ({ encode: () => head }) as unknown as MsgHdrs;
