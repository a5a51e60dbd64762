import type { Producer } from 'kafkajs';
import { EngineError } from '../errors/engine-error.ts';
import type { Clock } from '../time/clock.ts';
import { atMost, inTime } from '../time/deadline.ts';
import { failureOf, type KafkaClient, type KafkaPlace, kafkaClient } from './connect.ts';
import { partitionOf } from './partition.ts';

/** How long connecting, and one message, may take, in milliseconds. */
const patience = 15_000;
/** How long the brokers are given to answer what they were sent, when it is closed. */
const parting = 1_000;
const batchAtMost = { messages: 500, bytes: 256 * 1024 };
/** What is wrong with the message itself, and would be the next time. */
const hopeless = ['MESSAGE_TOO_LARGE', 'INVALID_TOPIC_EXCEPTION', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'CORRUPT_MESSAGE'];
/** … and what is wrong with this client, so that another one has to be opened. */
const fenced = ['OUT_OF_ORDER_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID', 'INVALID_PRODUCER_EPOCH', 'INVALID_PRODUCER_ID_MAPPING'];

export interface KafkaMessage {
  readonly topic: string;
  readonly value: string;
  readonly key?: string | undefined;
  readonly partition?: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WritingOptions {
  /** -1 for all replicas that are in sync, 1 for the leader alone. */
  readonly acks: -1 | 1;
  readonly compress: boolean;
}

interface Waiting {
  readonly message: KafkaMessage;
  readonly done: () => void;
  readonly failed: (thrown: unknown) => void;
}

/**
 * Writes messages to Kafka in the order in which they come; each is done when the broker has answered. What comes while a batch is on
 * its way goes with the next, so that many at once cost little more than one. What it sends again by itself is written once. A publisher
 * that has failed by another code than REMOTE_RECEIVER is to be closed: it may still hold the message.
 */
export class KafkaPublisher implements AsyncDisposable {
  readonly #client: KafkaClient;
  readonly #producer: Producer;
  readonly #url: string;
  readonly #options: WritingOptions & { readonly codec: number };
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #isSending = false;

  private constructor(client: KafkaClient, url: string, options: WritingOptions & { readonly codec: number }, clock: Clock) {
    this.#client = client;
    this.#producer = client.kafka.producer({
      idempotent: options.acks === -1,
      createPartitioner: () => (asked) => partitionFor(asked),
    });
    this.#url = url;
    this.#options = options;
    this.#clock = clock;
  }

  /** Rejects with UNREACHABLE_RECEIVER or REMOTE_RECEIVER_AUTH. */
  static async open(
    place: Omit<KafkaPlace, 'retries'>,
    options: WritingOptions,
    { clock, signal }: { clock: Clock; signal: AbortSignal },
  ): Promise<KafkaPublisher> {
    const { default: kafkajs } = await import('kafkajs');
    const client = await kafkaClient({ ...place, retries: 2 });
    const codec = options.compress ? kafkajs.CompressionTypes.GZIP : kafkajs.CompressionTypes.None;
    const publisher = new KafkaPublisher(client, place.url, { ...options, codec }, clock);
    try {
      await inTime(publisher.#producer.connect(), { within: patience, clock, signal, late: () => publisher.#late() });
    } catch (thrown) {
      client.cut();
      throw publisher.#failure(thrown);
    }
    return publisher;
  }

  /** Rejects with UNREACHABLE_RECEIVER, REMOTE_RECEIVER_AUTH or REMOTE_RECEIVER. */
  async publish(message: KafkaMessage, { clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<void> {
    const written = new Promise<void>((done, failed) => void this.#waiting.push({ message, done, failed }));
    void this.#send();
    try {
      await inTime(written, { within: patience, clock, signal, late: () => this.#late() });
    } catch (thrown) {
      throw this.#failure(thrown);
    }
  }

  /** Sends what waits, batch after batch, until nothing does. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#write(batch);
        for (const { done } of batch) done();
      } catch (thrown) {
        if (batch.length > 1 && failureOf(thrown).kind === 'refused') await this.#sendEach(batch);
        else for (const { failed } of batch) failed(thrown);
      }
    }
    this.#isSending = false;
  }

  #nextBatch(): Waiting[] {
    let bytes = 0;
    const end = this.#waiting.findIndex(({ message }, index) => {
      bytes += message.value.length;
      return index > 0 && (index >= batchAtMost.messages || bytes > batchAtMost.bytes);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  /** One that the broker does not take must not take the others with it. */
  async #sendEach(batch: readonly Waiting[]): Promise<void> {
    for (const one of batch) await this.#write([one]).then(one.done, one.failed);
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const { acks, codec } = this.#options;
    const topicMessages = batch.map(({ message: { topic, key, value, headers, partition } }) => ({
      topic,
      messages: [
        { value, headers: { ...headers }, ...(key === undefined ? {} : { key }), ...(partition === undefined ? {} : { partition }) },
      ],
    }));
    await this.#producer.sendBatch({ topicMessages, acks, compression: codec });
  }

  #late(): EngineError {
    return this.#unreachable(`it has not answered within ${patience / 1000} s`);
  }

  #unreachable(reason: string, cause?: unknown): EngineError {
    return new EngineError('UNREACHABLE_RECEIVER', { server: this.#url, reason }, { cause });
  }

  #failure(thrown: unknown): EngineError {
    if (thrown instanceof EngineError) return thrown;
    const { kind, reason, type = '' } = failureOf(thrown);
    if (kind === 'away' || fenced.includes(type)) return this.#unreachable(reason, thrown);
    if (kind === 'credentials') return new EngineError('REMOTE_RECEIVER_AUTH', { server: this.#url, reason }, { cause: thrown });
    const retry = hopeless.includes(type) ? 'never' : 'backoff';
    return new EngineError('REMOTE_RECEIVER', { server: this.#url, reason }, { cause: thrown, retry });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await atMost(parting, this.#clock, this.#producer.disconnect());
    } finally {
      this.#client.cut();
    }
  }
}

interface Asked {
  readonly message: { readonly key?: Buffer | string | null; readonly partition?: number };
  readonly partitionMetadata: readonly { readonly partitionId: number; readonly leader: number }[];
}

/** The one that is asked for, else the key's, else any that has a leader. The client would drop a message for one that is not there. */
function partitionFor({ message, partitionMetadata }: Asked): number {
  const { key, partition } = message;
  if (partition !== undefined) {
    if (partitionMetadata.some(({ partitionId }) => partitionId === partition)) return partition;
    throw Object.assign(new Error(`the topic has no partition ${partition}`), { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
  }
  if (key !== undefined && key !== null) return partitionOf(Buffer.from(key), partitionMetadata.length);
  const led = partitionMetadata.filter(({ leader }) => leader >= 0);
  const among = led.length > 0 ? led : partitionMetadata;
  return among[Math.floor(Math.random() * among.length)]!.partitionId;
}
