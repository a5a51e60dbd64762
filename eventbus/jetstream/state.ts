import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { StateEntry, StateStore } from '../bus.ts';
import { messageOf } from './api.ts';
import type { Connection } from './connection.ts';
import { decodeKey, encodeKey, keysBelow } from './keys.ts';
import { read } from './read.ts';
import type { Room } from './room.ts';
import { subjectStore } from './store.ts';

/** A key-value bucket as NATS lays it out, so that its own tools can look into it. A revision is the sequence in its stream. */
export function stateStore(connection: Connection, bucket: string, replicas: number, room: Room): StateStore {
  const root = `$KV.${bucket}.`;
  const store = subjectStore(
    connection,
    {
      name: `KV_${bucket}`,
      description: `state ${bucket}`,
      subjects: [`${root}>`],
      storage: 'file',
      discard: 'new',
      max_msgs_per_subject: 1,
      num_replicas: replicas,
      allow_rollup_hdrs: true,
    },
    room,
  );
  const subjectOf = (key: string): string => root + encodeKey(key);

  return {
    async get(key) {
      const message = await messageOf(connection, store.stream, { last_by_subj: subjectOf(key) });
      return (
        message && { key, value: Buffer.from(message.data ?? '', 'base64'), revision: message.seq, storedAt: Date.parse(message.time) }
      );
    },
    async *entries(prefix = '') {
      for await (const messages of read(connection, { stream: store.stream, filter: root + keysBelow(prefix), from: 1 })) {
        for (const { subject, sequence, body, storedAt } of messages) {
          const entry: StateEntry = { key: decodeKey(subject.slice(root.length)), value: body, revision: sequence, storedAt };
          if (entry.key.startsWith(prefix)) yield entry;
        }
      }
    },
    async set(key, value, revision) {
      const written = await store.write(subjectOf(key), value, revision);
      if ('conflict' in written) throw new EngineError('CONFLICT_STATE', { key });
      return written.sequence;
    },
    purge: (key, revision) => store.purge(subjectOf(key), revision),
  };
}
