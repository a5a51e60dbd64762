import { EngineError } from '../../src/core/errors/engine-error.ts';
import { claimLastsFor } from '../terms.ts';
import { ask, type StreamInfo } from './api.ts';
import type { Connection } from './connection.ts';
import { consumersOf, firstUnread } from './consumers.ts';
import type { EventStream } from './stream.ts';

/** Room in the store of a bus: for events, and for what sensors must keep. */
export interface Room {
  /**
   * Purges from the stream of events what every live durable has read. Resolves with whether anything went. Callers at the same time
   * share one purge.
   *
   * A durable that has not read a message for 24 h while nobody pulls from it has lost its claim on it, and that is told.
   */
  make(): Promise<boolean>;
  /** Something was stored: should there be no room again, that is told again. */
  found(): void;
}

export function roomIn(connection: Connection, stream: EventStream): Room {
  const { tell } = connection;
  let making: Promise<boolean> | undefined;
  let isTold = false;

  async function make(): Promise<boolean> {
    if (await makeRoom(connection, stream.name)) return true;
    if (isTold) tell.busFullStill({ stream: stream.name });
    else tell.busFull({ stream: stream.name });
    isTold = true;
    return false;
  }

  return {
    make() {
      making ??= make().finally(() => {
        making = undefined;
      });
      return making;
    },
    found() {
      isTold = false;
    },
  };
}

/** The stream is at its limits; or, where `isStore`, the servers or the account are, and nothing on them can grow. */
export function fullness(thrown: unknown): { readonly isStore: boolean } | undefined {
  if (!(thrown instanceof EngineError) || thrown.code !== 'REMOTE_BUS') return undefined;
  if (/insufficient resources|resource limits exceeded/.test(thrown.message)) return { isStore: true };
  return /maximum (messages|bytes) exceeded/.test(thrown.message) ? { isStore: false } : undefined;
}

/** For a write that finds no room, and none can be made. */
export const noRoom = (stream: string, cause: unknown): EngineError =>
  new EngineError(
    'REMOTE_BUS_FULL',
    { stream },
    { cause, ...(fullness(cause)?.isStore ? { hint: "a sensor is behind, or the limits of the servers' store are too low" } : {}) },
  );

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
  return purged > 0;
}

const olderThan = (time: string | undefined, than: number): boolean => time === undefined || Date.parse(time) < than;
