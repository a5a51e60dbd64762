import { natsCredentials } from '../../src/core/access/nats-auth.ts';
import { tlsOptions } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { connectNats, isRefusal, type NatsConnection, partFrom } from '../../src/core/nats/connect.ts';
import { parseServers } from '../../src/core/nats/servers.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { NatsSpec } from './spec.ts';

/** Milliseconds that a server has to take what has been said, before the connection is closed. */
const partingFor = 1000;

/** What takes messages from a server is given. */
export interface Session {
  readonly connection: NatsConnection;
  /** What the server is called in messages. */
  readonly name: string;
  listening(): void;
  /** Ends the session. */
  failed(thrown: unknown): void;
  /** To be called when the session has ended, before the connection is closed. */
  atEnd(callback: () => void): void;
}

/**
 * Connects, and lasts until something has failed or the connection is lost, though the library would come back by itself: what is open
 * on the connection is opened anew then. Rejects with UNREACHABLE_SENDER and REMOTE_SENDER.
 */
export async function withNats(
  { url, auth, tls }: Pick<NatsSpec, 'url' | 'auth' | 'tls'>,
  { secrets, signal, clock, namespace, eventSourceName, eventName }: EventSourceContext,
  use: (session: Omit<Session, 'listening'>) => Promise<void>,
): Promise<void> {
  const { servers, credentials } = parseServers(url.split(','));
  const encryption = await tlsOptions(tls, secrets, signal);
  const place = {
    servers,
    name: `sensorium ${namespace}/${eventSourceName}/${eventName}`,
    credentials: (await natsCredentials(auth, secrets, signal)) ?? credentials,
    tls: encryption && { ...encryption, verify: encryption.rejectUnauthorized },
  };
  const name = `the NATS server at ${servers.join(',')}`;
  const away = (reason: string, cause?: unknown) => new EngineError('UNREACHABLE_SENDER', { server: name, reason }, { cause });
  const endings: (() => void)[] = [];
  let connection: NatsConnection | undefined;
  try {
    connection = await connectNats(place, signal);
    await lasting({ connection, name, atEnd: (callback) => void endings.push(callback) }, use, signal);
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    if (!isRefusal(thrown) && (thrown as Error).name !== 'PermissionViolationError') throw away(reasonOf(thrown), thrown);
    throw new EngineError('REMOTE_SENDER', { server: name, reason: reasonOf(thrown) }, { cause: thrown });
  } finally {
    for (const end of endings) end();
    if (connection) void partFrom(connection, partingFor, clock);
  }
}

function lasting(
  server: Omit<Session, 'listening' | 'failed'>,
  use: (session: Omit<Session, 'listening'>) => Promise<void>,
  signal: AbortSignal,
): Promise<never> {
  return new Promise((_, reject) => {
    const watch = async (): Promise<never> => {
      for await (const { type } of server.connection.status()) if (type === 'disconnect') break;
      throw new Error('the connection was lost');
    };
    signal.addEventListener('abort', () => reject(signal.reason));
    watch().catch(reject);
    use({ ...server, failed: reject }).catch(reject);
  });
}
