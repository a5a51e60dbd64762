/** One way to Kafka, for event sources and triggers. The client library is loaded when somebody connects, not before. */
import type { Kafka } from 'kafkajs';
import type { SaslOptions } from '../access/sasl.ts';
import type { TlsOptions } from '../access/tls.ts';
import { KafkaSockets } from './sockets.ts';

export interface KafkaPlace {
  /** `host:port`, joined by commas. */
  readonly url: string;
  /** What the brokers write in their logs. */
  readonly clientId: string;
  readonly tls?: TlsOptions | undefined;
  readonly sasl?: SaslOptions | undefined;
  /** How often the client itself tries a request again before it gives up. */
  readonly retries: number;
}

const brokersOf = (url: string): string[] =>
  url
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');

export interface KafkaClient {
  readonly kafka: Kafka;
  /** Ends its connections, and opens none any more. To be called when it is disconnected, and when that takes too long. */
  cut(): void;
}

/** A client that says nothing in the log by itself, and that gives up on what does not answer. Does not connect yet. */
export async function kafkaClient({ url, clientId, tls, sasl, retries }: KafkaPlace): Promise<KafkaClient> {
  const { default: kafkajs } = await import('kafkajs');
  const sockets = new KafkaSockets();
  const kafka = new kafkajs.Kafka({
    brokers: brokersOf(url),
    clientId,
    ...(tls ? { ssl: { ...tls } } : {}),
    ...(sasl ? { sasl: saslOf(sasl) } : {}),
    connectionTimeout: 5_000,
    authenticationTimeout: 5_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 2_000 },
    logLevel: kafkajs.logLevel.NOTHING,
    socketFactory: sockets.factory,
  });
  return { kafka, cut: () => sockets.cut() };
}

function saslOf({ mechanism, username, password }: SaslOptions) {
  const words = { PLAIN: 'plain', 'SCRAM-SHA-256': 'scram-sha-256', 'SCRAM-SHA-512': 'scram-sha-512' } as const;
  // The library has one type for each mechanism.
  return { mechanism: words[mechanism], username, password } as { mechanism: 'plain'; username: string; password: string };
}

/** Why the client failed: nobody there, the credentials, or what the broker has against it (its own word for it, such as MESSAGE_TOO_LARGE). */
export type KafkaFailure = { readonly kind: 'away' | 'credentials' | 'refused'; readonly reason: string; readonly type?: string };

export function failureOf(thrown: unknown): KafkaFailure {
  const { name, message, type, cause } = thrown as Error & { type?: string };
  if (name === 'KafkaJSSASLAuthenticationError') return { kind: 'credentials', reason: message };
  if (type !== undefined) return { kind: 'refused', reason: message, type };
  if (cause instanceof Error) return failureOf(cause);
  return { kind: 'away', reason: message.replace(/^Connection error: /, '') };
}
