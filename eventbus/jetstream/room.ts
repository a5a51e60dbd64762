import { claimLastsFor } from '../terms.ts';
import { ask, type StreamInfo } from './api.ts';
import type { Connection } from './connection.ts';
import { consumersOf, firstUnread } from './consumers.ts';
import type { EventStream } from './stream.ts';

/**
 * Makes room in a stream that is full: purges what every live durable has read. Resolves with whether anything went.
 *
 * A durable that has not read a message for 24 h while nobody pulls from it has lost its claim on it, and that is told. Callers at
 * the same time share one purge.
 */
export function roomMaker(connection: Connection, stream: EventStream): () => Promise<boolean> {
  let making: Promise<boolean> | undefined;
  return () => {
    making ??= makeRoom(connection, stream.name).finally(() => {
      making = undefined;
    });
    return making;
  };
}

async function makeRoom(connection: Connection, stream: string): Promise<boolean> {
  const { clock, tell } = connection;
  const { state } = await ask<StreamInfo>(connection, `STREAM.INFO.${stream}`);
  let keepFrom = state.last_seq + 1;
  for (const consumer of await consumersOf(connection, stream)) {
    if (consumer.config.durable_name === undefined || consumer.config.ack_policy === 'none') continue;
    const unread = await firstUnread(connection, stream, consumer);
    if (!unread) continue;
    const abandoned =
      consumer.num_waiting === 0 &&
      [unread.time, consumer.delivered.last_active].every((time) => olderThan(time, clock.now() - claimLastsFor));
    if (!abandoned) keepFrom = Math.min(keepFrom, unread.seq);
    else
      tell.busWarning({
        stream,
        durable: consumer.name,
        warning: 'nobody has pulled from this durable for 24 h: what it has not read is given up to make room',
      });
  }
  // Servers before 2.10 read "up to 1" as "everything", so nothing is asked for when nothing can go.
  const { purged } =
    keepFrom > state.first_seq ? await ask<{ purged: number }>(connection, `STREAM.PURGE.${stream}`, { seq: keepFrom }) : { purged: 0 };
  if (purged === 0) tell.busFull({ stream });
  return purged > 0;
}

const olderThan = (time: string | undefined, than: number): boolean => time === undefined || Date.parse(time) < than;
