import { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { JetStreamConfig } from '../config.ts';
import { serverDefaults } from '../stream-settings.ts';
import { streamSubjects } from '../subjects.ts';
import { ask, code, hasCode, type StreamConfig, type StreamInfo, unless } from './api.ts';
import type { Connection } from './connection.ts';

const nanoseconds = (milliseconds: number): number => Math.round(milliseconds * 1e6);

/** Begins the description of every stream that we made; one without it is somebody else's, and is left as it is. */
const ours = 'Sensorium';

/** The stream of events, as its settings say: made, kept up to date, and made anew when somebody deletes it. */
export interface EventStream {
  readonly name: string;
  /** How many servers keep a copy of it and of our other streams. */
  readonly replicas: number;
  /** Makes sure that it is there. Callers at the same time share one look. */
  ensure(): Promise<StreamInfo>;
}

/** Resolves when the stream is there, however long that takes (JetStream may be off); rejects only when the signal aborts. */
export async function openEventStream(connection: Connection, config: JetStreamConfig, signal?: AbortSignal): Promise<EventStream> {
  const stream = eventStream(connection, config);
  let told: string | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      await stream.ensure();
      return stream;
    } catch (thrown) {
      const error = fromUnknown(thrown);
      if (signal?.aborted || error.retry !== 'backoff') throw error;
      if (told !== error.message) connection.tell.busAway({ server: connection.server, stream: stream.name, error });
      told = error.message;
    }
    await connection.clock.sleep(waitAfter(attempt, { first: 200, ceiling: 5000 }), signal);
  }
}

/** The stream as somebody sees it who only visits: it is made when it is first published to. */
export function eventStream(connection: Connection, config: JetStreamConfig): EventStream {
  const { tell } = connection;
  const name = config.names.stream;
  let replicas = Math.max(1, config.stream.replicas);
  let created: string | undefined;
  let looking: Promise<StreamInfo> | undefined;

  const { maxAge, duplicates } = config.stream;

  const declared = (): StreamConfig => ({
    name,
    description: `${ours}: events of ${config.names.bus}`,
    subjects: streamSubjects(name),
    retention: 'limits',
    discard: 'new',
    storage: 'file',
    max_msgs: config.stream.maxMsgs || -1,
    max_bytes: config.stream.maxBytes || -1,
    max_age: nanoseconds(maxAge),
    duplicate_window: nanoseconds(Math.min(duplicates || serverDefaults.duplicates, maxAge || Number.POSITIVE_INFINITY)),
    num_replicas: replicas,
  });

  /** Makes or updates it, with fewer copies where the servers cannot keep as many as were asked for. */
  async function put(verb: 'CREATE' | 'UPDATE'): Promise<StreamInfo> {
    for (;;) {
      try {
        return await ask<StreamInfo>(connection, `STREAM.${verb}.${name}`, declared());
      } catch (thrown) {
        if (
          !(thrown instanceof EngineError) ||
          thrown.code !== 'REMOTE_BUS' ||
          replicas === 1 ||
          !/replicas|peers|clustered/.test(thrown.message)
        )
          throw thrown;
        const fewer = replicas > 3 ? 3 : 1;
        tell.busWarning({
          stream: name,
          warning: `the servers cannot keep ${replicas} copies of the stream, so it has ${fewer}`,
          error: thrown,
        });
        replicas = fewer;
      }
    }
  }

  async function look(): Promise<StreamInfo> {
    const found = await unless([code.streamNotFound], ask<StreamInfo>(connection, `STREAM.INFO.${name}`));
    const info = found ? await kept(found) : await made();
    if (created !== undefined && info.created !== created) tell.streamRebuilt({ stream: name, created: info.created });
    created = info.created;
    return info;
  }

  /** Another process may make it at the same moment, with other settings. */
  async function made(): Promise<StreamInfo> {
    try {
      return await put('CREATE');
    } catch (thrown) {
      if (hasCode(thrown, code.streamInUse)) return kept(await ask<StreamInfo>(connection, `STREAM.INFO.${name}`));
      throw thrown;
    }
  }

  /** Its settings are ours to change when we meet it first: later on they are those of a process that was started after us. */
  async function kept(found: StreamInfo): Promise<StreamInfo> {
    if (found.created === created) return found;
    if (!found.config.description?.startsWith(ours)) {
      tell.busWarning({ stream: name, warning: strange(found.config) });
      replicas = found.config.num_replicas ?? 1;
      return found;
    }
    if (!differs(declared(), found.config)) return found;
    try {
      return await put('UPDATE');
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || thrown.code !== 'REMOTE_BUS') throw thrown;
      tell.busWarning({ stream: name, warning: 'the settings of the stream cannot be changed; it stays as it is', error: thrown });
      return found;
    }
  }

  return {
    name,
    get replicas() {
      return replicas;
    },
    ensure() {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}

const strange = ({ discard }: StreamConfig): string =>
  `the stream was made by somebody else and is left as it is${discard === 'new' ? '' : ': when it is full, it drops its oldest messages, read or not'}`;

/** Limits that the server writes in another way are equal: a limit of 0 is none. */
function differs(wanted: StreamConfig, found: StreamConfig): boolean {
  return (Object.keys(wanted) as (keyof StreamConfig)[]).some((key) => JSON.stringify(wanted[key]) !== JSON.stringify(found[key]));
}

/** A stream beside that of the events (state, queues, leases): made when it is first used, and left as it is when it is there. */
export async function ensureStream(connection: Connection, config: StreamConfig): Promise<void> {
  await unless(
    [code.streamInUse],
    ask<StreamInfo>(connection, `STREAM.CREATE.${config.name}`, { ...config, description: `${ours}: ${config.description}` }),
  );
}
