import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Session } from './connection.ts';

export interface Consumer {
  readonly stream: string;
  readonly durable: string;
}

export interface NewConsumer extends Consumer {
  readonly subject: string;
  readonly deliverPolicy: string;
  /** Messages without an acknowledgement. */
  readonly inFlight: number;
}

/** What the server has not heard of for so long, it hands out again; in milliseconds. */
const ackWait = 60_000;

/** The server's number for it. */
const noSuchConsumer = 10014;

/** The stream that takes a subject. Rejects with REMOTE_SENDER. */
export async function streamOf(subject: string, session: Session): Promise<string> {
  const { streams } = await ask<{ streams: string[] | null }>(session, 'STREAM.NAMES', { subject });
  if (streams?.[0] !== undefined) return streams[0];
  throw new EngineError('REMOTE_SENDER', { server: session.name, reason: `no stream takes the subject ${subject}` });
}

/** Makes it, or takes the one that is there as it is. Rejects with REMOTE_SENDER in the words of the server. */
export async function ensureConsumer({ stream, durable, subject, deliverPolicy, inFlight }: NewConsumer, session: Session): Promise<void> {
  try {
    await ask(session, `CONSUMER.INFO.${stream}.${durable}`, {});
    return;
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.fields['code'] !== noSuchConsumer) throw thrown;
  }
  const config = {
    durable_name: durable,
    deliver_policy: deliverPolicy,
    ack_policy: 'explicit',
    ack_wait: ackWait * 1e6,
    max_ack_pending: inFlight,
    filter_subject: subject,
  };
  await ask(session, `CONSUMER.DURABLE.CREATE.${stream}.${durable}`, { stream_name: stream, config });
}

async function ask<Answer>({ connection, name }: Session, subject: string, body: object): Promise<Answer> {
  const reply = await connection.request(`$JS.API.${subject}`, JSON.stringify(body), { timeout: 5000 });
  const answer = reply.json<Answer & { error?: { description?: string; err_code?: number } }>();
  if (!answer.error) return answer;
  const { description = 'it gives no reason', err_code: code } = answer.error;
  throw new EngineError('REMOTE_SENDER', { server: name, reason: description, code });
}
