import { EngineError } from '../../src/core/errors/engine-error.ts';
import { headerBlock } from '../headers.ts';
import { ask, checked, code, type StreamConfig, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { nobodyListens } from './publish.ts';
import { ensureStream } from './stream.ts';

/** A stream of single messages, one a subject: what state, queues and leases are kept in. Made when it is first written to. */
export interface SubjectStore {
  readonly stream: string;
  /** Makes the stream. Harmless when it is there. */
  ensure(): Promise<void>;
  /**
   * Writes if the last message of the subject has this sequence (0: if there is none). Resolves with the new sequence, or with
   * `conflict`: the sequence that the last message has instead.
   */
  write(subject: string, body: Uint8Array, lastSequence: number, headers?: string): Promise<{ sequence: number } | { conflict: number }>;
  /** Removes every message of a subject (which may hold wildcards). */
  purge(subject: string): Promise<void>;
}

export function subjectStore(connection: Connection, config: StreamConfig): SubjectStore {
  const { name: stream } = config;
  async function put(subject: string, body: Uint8Array, head: Uint8Array): Promise<{ seq: number }> {
    await connection.ready();
    return checked<{ seq: number }>((await connection.request(subject, body, head)).json());
  }
  return {
    stream,
    ensure: () => ensureStream(connection, config),
    async write(subject, body, lastSequence, headers = '') {
      const head = headerBlock(`Nats-Expected-Last-Subject-Sequence: ${lastSequence}\r\n${headers}`);
      const limit = connection.nats.info?.max_payload ?? Number.POSITIVE_INFINITY;
      if (head.length + body.length > limit) throw new EngineError('EVENT_TOO_LARGE', { actual: head.length + body.length, limit });
      try {
        const { seq } = await put(subject, body, head).catch(async (thrown) => {
          if (!nobodyListens(thrown)) throw thrown;
          await ensureStream(connection, config);
          return put(subject, body, head);
        });
        return { sequence: seq };
      } catch (thrown) {
        const conflict = thrown instanceof EngineError ? /wrong last sequence: (\d+)/.exec(thrown.message) : null;
        if (conflict) return { conflict: Number(conflict[1]) };
        throw thrown;
      }
    },
    async purge(subject) {
      await unless([code.streamNotFound], ask(connection, `STREAM.PURGE.${stream}`, { filter: subject }));
    },
  };
}
