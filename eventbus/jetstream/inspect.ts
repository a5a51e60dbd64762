import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { JetStreamConfig } from '../config.ts';
import type { Inspected } from '../inspect.ts';
import type { BusContext } from '../open.ts';
import { ask, code, type StreamInfo, unless } from './api.ts';
import { type Connection, openConnection } from './connection.ts';

/** What the JetStream API says of the account; below 0 there is no limit. */
interface AccountInfo {
  readonly streams: number;
  readonly limits: { readonly max_streams: number };
}

export async function inspectJetStream(config: JetStreamConfig, context: BusContext): Promise<Inspected> {
  const connection = await openConnection(config, context);
  try {
    const stream = config.names.stream;
    return { server: connection.server, stream, problem: await problemOf(connection, stream) };
  } finally {
    await connection.close();
  }
}

async function problemOf(connection: Connection, stream: string): Promise<string | undefined> {
  if (connection.nats.info?.jetstream !== true) return 'JetStream is off; start nats-server with -js';
  try {
    if (await unless([code.streamNotFound], ask<StreamInfo>(connection, `STREAM.INFO.${stream}`))) return undefined;
    const { streams, limits } = await ask<AccountInfo>(connection, 'INFO');
    const isFull = limits.max_streams >= 0 && streams >= limits.max_streams;
    return isFull ? `there is no stream ${stream}, and this account may have ${limits.max_streams} at the most` : undefined;
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    if (thrown.code !== 'REMOTE_BUS' && thrown.code !== 'UNREACHABLE_BUS') throw thrown;
    return `the stream ${stream} cannot be asked for: ${thrown.fields['reason']}`;
  }
}
