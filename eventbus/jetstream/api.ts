import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Connection } from './connection.ts';

/** Error codes of the JetStream API that mean something to us. */
export const code = {
  streamNotFound: 10059,
  consumerNotFound: 10014,
  messageNotFound: 10037,
  noMessageToDelete: 10057,
  streamInUse: 10058,
  noMemory: 10028,
  wrongLastSequence: 10071,
} as const;

/** What the JetStream API answers, as far as we read it. Times are RFC 3339, durations nanoseconds. */
export interface StreamInfo {
  readonly created: string;
  readonly config: StreamConfig;
  readonly state: { readonly first_seq: number; readonly last_seq: number; readonly messages: number; readonly consumer_count?: number };
}

export interface StreamConfig {
  readonly name: string;
  readonly description?: string;
  readonly subjects?: readonly string[];
  readonly retention?: string;
  readonly discard?: string;
  readonly storage?: string;
  readonly max_msgs?: number;
  readonly max_bytes?: number;
  readonly max_age?: number;
  readonly max_msgs_per_subject?: number;
  readonly duplicate_window?: number;
  readonly num_replicas?: number;
  readonly allow_rollup_hdrs?: boolean;
}

export interface ConsumerInfo {
  readonly name: string;
  readonly config: ConsumerConfig;
  readonly delivered: { readonly stream_seq: number; readonly last_active?: string };
  readonly ack_floor: { readonly stream_seq: number };
  readonly num_ack_pending: number;
  readonly num_pending: number;
  readonly num_waiting: number;
}

export interface ConsumerConfig {
  readonly durable_name?: string;
  readonly ack_policy?: string;
  readonly filter_subject?: string;
  readonly filter_subjects?: readonly string[];
  readonly ack_wait?: number;
  readonly max_ack_pending?: number;
  readonly [other: string]: unknown;
}

/**
 * Asks the JetStream API. Waits while the connection is away.
 *
 * Rejects with UNREACHABLE_BUS when nobody answers, and with REMOTE_BUS when the answer is an error: its number is then in `fields.code`.
 */
export async function ask<Answer>(connection: Connection, subject: string, body: object = {}): Promise<Answer> {
  await connection.ready();
  const answer = await connection.request(`$JS.API.${subject}`, Buffer.from(JSON.stringify(body)));
  return checked(answer.json());
}

/** An answer that is no error; throws REMOTE_BUS for one that is. */
export function checked<Answer>(answer: Answer & { error?: { err_code?: number; description?: string } }): Answer {
  if (answer.error) throw new EngineError('REMOTE_BUS', { reason: answer.error.description ?? 'no reason', code: answer.error.err_code });
  return answer;
}

/** Undefined instead of an error with one of these numbers. */
export async function unless<T>(codes: readonly number[], asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (thrown) {
    if (hasCode(thrown, ...codes)) return undefined;
    throw thrown;
  }
}

export const hasCode = (thrown: unknown, ...codes: readonly number[]): boolean =>
  thrown instanceof EngineError && codes.includes(Number(thrown.fields['code']));

export interface StreamMessage {
  readonly subject: string;
  readonly seq: number;
  /** Base64; absent when there are none. */
  readonly hdrs?: string;
  readonly data?: string;
  readonly time: string;
}

/** One message of a stream, from its leader. Undefined when there is none. */
export async function messageOf(
  connection: Connection,
  stream: string,
  which: { seq: number } | { last_by_subj: string } | { seq: number; next_by_subj: string },
): Promise<StreamMessage | undefined> {
  const asking = ask<{ message: StreamMessage }>(connection, `STREAM.MSG.GET.${stream}`, which);
  return (await unless([code.messageNotFound, code.streamNotFound], asking))?.message;
}
