import { encodeHeader } from '../../src/core/cloudevents/header-value.ts';
import { isFull, type Queue } from '../bus.ts';
import { headerOf } from '../headers.ts';
import { encodeName } from '../names.ts';
import { ask, code, messageOf, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { read } from './read.ts';
import type { Room } from './room.ts';
import { subjectStore } from './store.ts';

/** A list is the messages below one subject of a stream, one subject an id, so that an id is there once for as long as it waits. */
export interface ListPlace {
  readonly stream: string;
  /** Its messages are on `<root>.<id>`. */
  readonly root: string;
  readonly replicas: number;
  /** How long an entry is kept, in milliseconds; left out: until it is removed. */
  readonly maxAge?: number;
}

export function queue(connection: Connection, { stream, root, replicas, maxAge = 0 }: ListPlace, room: Room): Queue {
  const store = subjectStore(
    connection,
    {
      name: stream,
      description: maxAge ? 'firings that were given up' : 'firings that wait',
      subjects: [`${stream}.>`],
      storage: 'file',
      discard: 'new',
      max_msgs_per_subject: 1,
      max_age: maxAge * 1e6,
      num_replicas: replicas,
    },
    room,
  );
  /** Sequences that are known to be of this list: others in the stream must not be touched. */
  const ours = new Set<number>();
  const messageAt = async (sequence: number) => {
    const message = await messageOf(connection, stream, { seq: sequence });
    if (!message?.subject.startsWith(`${root}.`)) return undefined;
    ours.add(sequence);
    return message;
  };

  return {
    async put(body, { id, key }) {
      const headers = `Sensorium-Id: ${encodeHeader(id)}\r\n${key === undefined ? '' : `Sensorium-Key: ${encodeHeader(key)}\r\n`}`;
      const subject = `${root}.${encodeName(id)}`;
      const written = await store.write(subject, body, 0, headers).catch(async (thrown) => {
        const there = isFull(thrown) && (await messageOf(connection, stream, { last_by_subj: subject }));
        if (!there) throw thrown;
        return { conflict: there.seq };
      });
      ours.add('conflict' in written ? written.conflict : written.sequence);
      return 'conflict' in written ? { sequence: written.conflict, duplicate: true } : { sequence: written.sequence, duplicate: false };
    },
    async *entries(after = 0) {
      const [filter, from] = [`${root}.>`, after + 1];
      // Who looks again and again mostly finds nothing, which costs one question.
      const isNothing = after > 0 && !(await messageOf(connection, stream, { seq: from, next_by_subj: filter }));
      if (isNothing) return;
      for await (const messages of read(connection, { stream, filter, from, withoutBodies: true })) {
        for (const { sequence, head, storedAt } of messages) {
          ours.add(sequence);
          yield { sequence, id: headerOf(head, 'sensorium-id') ?? '', key: headerOf(head, 'sensorium-key'), storedAt };
        }
      }
    },
    async read(sequence) {
      const message = await messageAt(sequence);
      return message && Buffer.from(message.data ?? '', 'base64');
    },
    async remove(sequence) {
      if (!ours.has(sequence) && !(await messageAt(sequence))) return;
      const gone = [code.messageNotFound, code.streamNotFound, code.noMessageToDelete];
      await unless(gone, ask(connection, `STREAM.MSG.DELETE.${stream}`, { seq: sequence, no_erase: true }));
      ours.delete(sequence);
    },
  };
}
