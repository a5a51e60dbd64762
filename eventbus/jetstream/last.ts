import type { Address } from '../../src/core/event/event.ts';
import type { JetStreamConfig } from '../config.ts';
import type { BusContext } from '../open.ts';
import type { Peeked } from '../peek.ts';
import { subjectOf } from '../subjects.ts';
import { readEvent } from '../wire.ts';
import { ask, code, type StreamInfo, unless } from './api.ts';
import { type Connection, openConnection } from './connection.ts';
import type { RawMessage } from './message.ts';
import { read } from './read.ts';

/** How many sequences are looked at first; each look that finds too few goes back four times as far. */
const firstLook = 1024;

/** See `peek.ts`. A stream that is not there holds nothing, and is not made. */
export async function lastEvents(
  config: JetStreamConfig,
  origins: readonly Address[],
  count: number,
  context: BusContext,
): Promise<Peeked[]> {
  const connection = await openConnection(config, context);
  try {
    const { stream } = config.names;
    const subjects = [...new Set(origins.map((origin) => subjectOf(stream, origin)))];
    const info = await unless([code.streamNotFound], ask<StreamInfo>(connection, `STREAM.INFO.${stream}`));
    if (!info) return [];
    const found = await Promise.all(subjects.map((subject) => lastOf(connection, stream, subject, count, info.state)));
    const messages = found.flat().sort((a, b) => a.sequence - b.sequence);
    return messages
      .slice(-count)
      .map((message) => ({ ...readEvent(message), subject: message.subject, sequence: message.sequence, storedAt: message.storedAt }));
  } finally {
    await connection.close();
  }
}

/** The last messages of one subject, oldest first. */
async function lastOf(
  connection: Connection,
  stream: string,
  filter: string,
  count: number,
  { first_seq, last_seq }: StreamInfo['state'],
): Promise<RawMessage[]> {
  for (let back = firstLook; ; back *= 4) {
    const from = Math.max(first_seq, last_seq - back + 1);
    let found: RawMessage[] = [];
    for await (const batch of read(connection, { stream, filter, from })) found = [...found, ...batch].slice(-count);
    if (found.length === count || from <= first_seq) return found;
  }
}
