import { encodeName } from '../names.ts';
import { ackWait } from '../terms.ts';
import { ask, type ConsumerConfig, type ConsumerInfo, code, type StreamInfo, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { consumersOf, dropConsumer, firstUnread } from './consumers.ts';
import type { EventStream } from './stream.ts';

export interface DurableSpec {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly since: Date | undefined;
  /** Wins over `since`. */
  readonly from?: number | undefined;
  /** See Subscription. */
  readonly quietSince?: number | undefined;
  readonly shared?: boolean | undefined;
  readonly maxInFlight: number;
  readonly acksWithin?: number | undefined;
}

/** Where a durable stood that is gone: in which stream, and what it would have handed out next. */
export interface Place {
  readonly streamCreated: string;
  readonly next: number;
}

/**
 * Makes sure that a durable is there and takes what it should, without losing its place. One that is gone is made anew where it stood;
 * in a stream that was made anew, at its beginning.
 */
export async function ensureDurable(connection: Connection, stream: EventStream, spec: DurableSpec, place: Place | undefined) {
  const { created } = await stream.ensure();
  const subject = `${stream.name}.${spec.name}`;
  const found = await unless([code.consumerNotFound], ask<ConsumerInfo>(connection, `CONSUMER.INFO.${subject}`));
  const wanted = {
    ...filtersOf(spec.subjects),
    ack_policy: 'explicit',
    ack_wait: ackWait * 1e6,
    // Of a shared one nobody knows how many take from it, and each has a limit of its own.
    max_ack_pending: spec.shared ? -1 : Math.max(1000, 2 * spec.maxInFlight),
  };
  if (found && !differs(wanted, found.config)) return { info: found, created, made: false };
  const {
    filter_subject: _,
    filter_subjects: __,
    ...kept
  } = found?.config ?? (await startOf(connection, stream.name, spec, place, created));
  const config = { ...kept, ...wanted, durable_name: spec.name, name: spec.name };
  const info = await ask<ConsumerInfo>(connection, `CONSUMER.CREATE.${subject}`, { stream_name: stream.name, config });
  if (!found && connection.atLeast(10)) await dropBySubject(connection, stream.name, spec.name);
  return { info, created, made: !found };
}

const filtersOf = (subjects: readonly string[]): Partial<ConsumerConfig> =>
  subjects.length === 1 ? { filter_subject: subjects[0]! } : { filter_subjects: [...subjects].sort() };

function differs(wanted: ConsumerConfig, found: ConsumerConfig): boolean {
  const { filter_subject, filter_subjects } = found;
  const filters = filter_subjects ? filtersOf(filter_subjects) : filter_subject ? { filter_subject } : {};
  const { ack_policy, ack_wait, max_ack_pending } = found;
  return JSON.stringify(wanted) !== JSON.stringify({ ...filters, ack_policy, ack_wait, max_ack_pending });
}

/** The fields of a new durable that say where it begins. */
async function startOf(
  connection: Connection,
  stream: string,
  spec: DurableSpec,
  place: Place | undefined,
  created: string,
): Promise<ConsumerConfig> {
  const others = { replay_policy: 'instant', max_deliver: -1 };
  const at = (sequence: number) => ({ ...others, deliver_policy: 'by_start_sequence', opt_start_seq: Math.max(1, sequence) });
  if (place) return at(place.streamCreated === created ? place.next : 1);
  const older = await takeOver(connection, stream, spec.name);
  if (older !== undefined) return at(older);
  if (spec.from !== undefined) return at(spec.from);
  if (spec.since) return { ...others, deliver_policy: 'by_start_time', opt_start_time: spec.since.toISOString() };
  return { ...others, deliver_policy: 'new' };
}

/**
 * Servers before 2.10 know one subject a durable, so a subscription has one for each of its subjects there. After the upgrade of
 * the server one durable for all begins at the first message that any of them had not done.
 */
async function takeOver(connection: Connection, stream: string, name: string): Promise<number | undefined> {
  const older = connection.atLeast(10) ? await bySubject(connection, stream, name) : [];
  if (older.length === 0) return undefined;
  const { state } = await ask<StreamInfo>(connection, `STREAM.INFO.${stream}`);
  const unread = await Promise.all(older.map((one) => firstUnread(connection, stream, one)));
  return Math.min(state.last_seq + 1, ...unread.map((message) => message?.seq ?? Number.POSITIVE_INFINITY));
}

/** The name of a durable that takes only one of a subscription's subjects. No encoded name holds two of these marks in a row. */
export const nameBySubject = (name: string, subject: string): string => `${name}__${encodeName(subject)}`;

const bySubject = async (connection: Connection, stream: string, name: string): Promise<ConsumerInfo[]> =>
  (await consumersOf(connection, stream)).filter((one) => one.name.startsWith(`${name}__`));

/** Drops a subscription's durables. Harmless when there are none. */
export async function dropDurables(connection: Connection, stream: string, name: string): Promise<void> {
  await dropConsumer(connection, stream, name);
  await dropBySubject(connection, stream, name);
}

async function dropBySubject(connection: Connection, stream: string, name: string): Promise<void> {
  for (const one of await bySubject(connection, stream, name)) await dropConsumer(connection, stream, one.name);
}
