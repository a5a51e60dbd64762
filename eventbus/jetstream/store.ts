import { EngineError } from '../../src/core/errors/engine-error.ts';
import { headerBlock } from '../headers.ts';
import { ask, checked, code, type StreamConfig, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { nobodyListens } from './publish.ts';
import { fullness, noRoom, type Room } from './room.ts';
import { ensureStream } from './stream.ts';

/** A stream of single messages, one a subject: what state, queues and leases are kept in. Made when it is first written to. */
export interface SubjectStore {
  readonly stream: string;
  /**
   * Writes if the last message of the subject has this sequence (0: if there is none). Resolves with the new sequence, or with
   * `conflict`: the sequence that the last message has instead. A store that is full is asked for room first; rejects with REMOTE_BUS_FULL
   * when there is none: nothing was written then.
   */
  write(subject: string, body: Uint8Array, lastSequence: number, headers?: string): Promise<{ sequence: number } | { conflict: number }>;
  /** Removes every message of a subject (which may hold wildcards), up to a sequence if one is given. */
  purge(subject: string, last?: number): Promise<void>;
}

export function subjectStore(
  connection: Connection,
  config: StreamConfig,
  room: Room,
  ensure = () => ensureStream(connection, config),
): SubjectStore {
  const { name: stream } = config;
  async function put(subject: string, body: Uint8Array, head: Uint8Array): Promise<{ seq: number }> {
    await connection.ready();
    return checked<{ seq: number }>((await connection.request(subject, body, head)).json());
  }
  return {
    stream,
    async write(subject, body, lastSequence, headers = '') {
      const head = headerBlock(`Nats-Expected-Last-Subject-Sequence: ${lastSequence}\r\n${headers}`);
      const limit = connection.nats.info?.max_payload ?? Number.POSITIVE_INFINITY;
      if (head.length + body.length > limit) throw new EngineError('EVENT_TOO_LARGE', { actual: head.length + body.length, limit });
      try {
        const { seq } = await put(subject, body, head).catch(async (thrown) => {
          if (nobodyListens(thrown)) await ensure();
          else if (!fullness(thrown) || !(await room.make())) throw thrown;
          return put(subject, body, head);
        });
        return { sequence: seq };
      } catch (thrown) {
        const conflict = thrown instanceof EngineError ? /wrong last sequence: (\d+)/.exec(thrown.message) : null;
        if (conflict) return { conflict: Number(conflict[1]) };
        throw fullness(thrown) ? noRoom(stream, thrown) : thrown;
      }
    },
    async purge(subject, last) {
      // Nothing was written up to there.
      if (last === 0) return;
      const upTo = last === undefined ? {} : { seq: last + 1 };
      await unless([code.streamNotFound], ask(connection, `STREAM.PURGE.${stream}`, { filter: subject, ...upTo }));
    },
  };
}
