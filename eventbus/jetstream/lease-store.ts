import { leaseTerms } from '../terms.ts';
import { ask, code, hasCode, type StreamInfo, unless } from './api.ts';
import type { Connection } from './connection.ts';
import { encodeKey } from './keys.ts';
import type { Room } from './room.ts';
import { type SubjectStore, subjectStore } from './store.ts';
import { type EventStream, ensureStream } from './stream.ts';

/**
 * The bucket of leases. It is in memory, so that a disk that is full takes no lease away: who has none cannot make room.
 *
 * Servers that were started again have forgotten it, while owners may still count on what was in it. So it says in its description
 * when it was made in the place of another, and for one term after that only those who had a lease take it.
 */
export interface LeaseStore extends Pick<SubjectStore, 'stream' | 'write'> {
  subjectOf(name: string): string;
  /** Makes the bucket if it is not there. False while a lease that is missing in it may be somebody's. */
  remembers(): Promise<boolean>;
}

const [usual, anew] = ['leases', 'leases, forgotten and made anew'];

export function leaseStore(connection: Connection, bucket: string, events: EventStream, room: Room): LeaseStore {
  const stream = `KV_${bucket}`;
  const { clock } = connection;
  /** The server may be another one than before, or have been started again. Those who watch the bucket keep it from saying that nobody stores it. */
  let mayBeGone = false;
  connection.onChange((connected) => {
    if (connected) mayBeGone = true;
  });
  /** The bucket that was made anew, and when it was first seen here. */
  let young: { readonly created: string; readonly since: number } | undefined;

  const configOf = (description: string) => ({
    name: stream,
    description,
    subjects: [`$KV.${bucket}.>`],
    storage: 'memory',
    max_msgs_per_subject: 1,
    max_age: leaseTerms.ttl * 1e6,
    duplicate_window: leaseTerms.ttl * 1e6,
    num_replicas: events.replicas,
  });

  async function make(description: string): Promise<void> {
    const config = configOf(description);
    await ensureStream(connection, config).catch((thrown) => {
      // The account has no memory for streams.
      if (!hasCode(thrown, code.noMemory)) throw thrown;
      return ensureStream(connection, { ...config, storage: 'file' });
    });
  }

  const { write } = subjectStore(connection, configOf(anew), room, () => make(anew));
  const info = (name: string) => unless([code.streamNotFound], ask<StreamInfo>(connection, `STREAM.INFO.${name}`));

  async function remembers(): Promise<boolean> {
    const found = await info(stream);
    if (!found) {
      // Where nobody has ever read an event, nobody has had a lease.
      const isFirst = ((await info(events.name))?.state.consumer_count ?? 0) === 0;
      await make(isFirst ? usual : anew);
      return isFirst;
    }
    if (!found.config.description?.endsWith(anew)) return true;
    if (young?.created !== found.created) young = { created: found.created, since: clock.monotonic() };
    if (clock.monotonic() - young.since < leaseTerms.ttl) return false;
    const description = found.config.description.replace(anew, usual);
    await ask(connection, `STREAM.UPDATE.${stream}`, { ...found.config, description });
    return true;
  }

  return {
    stream,
    async write(...words) {
      if (mayBeGone) {
        await make(anew);
        mayBeGone = false;
      }
      return write(...words);
    },
    subjectOf: (name) => `$KV.${bucket}.${encodeKey(name)}`,
    remembers,
  };
}
