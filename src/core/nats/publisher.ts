import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import type { Clock } from '../time/clock.ts';
import { inTime } from '../time/deadline.ts';
import { connectNats, isRefusal, type NatsConnection, type NatsPlace } from './connect.ts';

/** How long one message may take, in milliseconds. */
const patience = 5_000;

export interface Publishing {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Sends messages to a NATS server, each of which is confirmed: a plain one by the server's having read it, one for JetStream by a
 * stream's having stored it. A publisher that has failed by UNREACHABLE_RECEIVER may still hold the message: close it.
 */
export class NatsPublisher implements AsyncDisposable {
  readonly #nats: NatsConnection;
  readonly #server: string;
  /** How often the server has forbidden a subject. */
  readonly #forbidden = new Map<string, number>();

  private constructor(nats: NatsConnection, server: string) {
    this.#nats = nats;
    this.#server = server;
    void this.#listen();
  }

  /** Rejects with UNREACHABLE_RECEIVER or REMOTE_RECEIVER_AUTH. */
  static async open(place: NatsPlace, signal: AbortSignal): Promise<NatsPublisher> {
    const server = place.servers.join(',');
    try {
      return new NatsPublisher(await connectNats(place, signal), server);
    } catch (thrown) {
      const code = isRefusal(thrown) ? 'REMOTE_RECEIVER_AUTH' : 'UNREACHABLE_RECEIVER';
      throw new EngineError(code, { server, reason: reasonOf(thrown) }, { cause: thrown });
    }
  }

  /** Resolves when the server has read it; that somebody listens is not said. Rejects with UNREACHABLE_RECEIVER or REMOTE_RECEIVER. */
  async publish(subject: string, body: string, publishing: Publishing): Promise<void> {
    const forbiddenBefore = this.#forbidden.get(subject);
    await this.#confirmed(publishing, async () => {
      this.#nats.publish(subject, body);
      await this.#nats.flush();
    });
    // A refusal comes before the confirmation, but is told a little later.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#forbidden.get(subject) !== forbiddenBefore) throw this.#refused(`permissions violation for publish to "${subject}"`);
  }

  /** Resolves with the place that a stream has given it; `duplicate` when it has had one under this id already. Rejects as `publish` does. */
  async store(
    subject: string,
    body: string,
    id: string,
    publishing: Publishing,
  ): Promise<{ stream: string; sequence: number; duplicate: boolean }> {
    const { headers } = await import('@nats-io/transport-node');
    const marks = headers();
    marks.set('Nats-Msg-Id', id);
    const reply = await this.#confirmed(publishing, () => this.#nats.request(subject, body, { timeout: patience, headers: marks }));
    const ack = reply.json<{ stream: string; seq: number; duplicate?: boolean; error?: { description?: string } }>();
    if (ack.error) throw this.#refused(ack.error.description ?? 'the stream does not take it');
    return { stream: ack.stream, sequence: ack.seq, duplicate: ack.duplicate === true };
  }

  async #confirmed<T>({ clock, signal }: Publishing, send: () => Promise<T>): Promise<T> {
    const away = (reason: string, cause?: unknown) => new EngineError('UNREACHABLE_RECEIVER', { server: this.#server, reason }, { cause });
    const late = () => away(`it has not confirmed the message within ${patience / 1000} s`);
    try {
      return await inTime(send(), { within: patience, clock, signal, late });
    } catch (thrown) {
      if (thrown instanceof EngineError) throw thrown;
      const { name, cause } = thrown as Error;
      if (name === 'InvalidArgumentError') throw this.#refused(`the message is larger than ${this.#nats.info?.max_payload} bytes`, 'never');
      if ([name, (cause as Error | undefined)?.name].includes('NoResponders')) throw this.#refused('no stream takes this subject');
      if (name === 'PermissionViolationError') throw this.#refused(reasonOf(thrown));
      throw away(reasonOf(thrown), thrown);
    }
  }

  #refused(reason: string, retry: 'never' | 'backoff' = 'backoff'): EngineError {
    return new EngineError('REMOTE_RECEIVER', { server: this.#server, reason }, { retry });
  }

  async #listen(): Promise<void> {
    for await (const status of this.#nats.status()) {
      if (status.type !== 'error' || status.error.name !== 'PermissionViolationError') continue;
      const { subject } = status.error as Error & { subject?: string };
      if (subject !== undefined) this.#forbidden.set(subject, (this.#forbidden.get(subject) ?? 0) + 1);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#nats.close();
  }
}
