/** The one way to a Redis server, for subscriptions and streams. The library is loaded when somebody connects. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { tlsOptions, tlsSpec } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { required } from '../common-fields.ts';
import type { EventSourceContext } from '../event-source.ts';

/** The fields that say which server it is. */
export const redisServerFields = () => ({
  hostAddress: required('host address must be specified').describe('Host and port of the server, as `redis.redis:6379`.'),
  username: z.string().optional().describe('The user, where the server has access control lists.'),
  password: secretKeySelector('The password').optional(),
  db: z.int().optional().describe('Number of the database; 0 when left out.'),
  tls: tlsSpec.optional(),
});

const serverSpec = z.strictObject(redisServerFields());
type ServerSpec = z.output<typeof serverSpec>;

/** As much of the library's client as we use. */
export interface RedisClient {
  subscribe(channels: string[], listener: (message: Buffer, channel: Buffer) => void, asBuffers: true): Promise<void>;
  /** Rejects with an error whose message is the server's, word for word. */
  sendCommand<Reply>(words: readonly string[]): Promise<Reply>;
}

/** Milliseconds for connecting, and between two signs of life. */
const limits = { connect: 5000, ping: 10_000, silence: 30_000 };

/**
 * Connects, and lasts as long as `use` or the connection; then it is closed. Rejects with UNREACHABLE_SENDER or REMOTE_SENDER when it
 * cannot be had or is lost, as Secrets do, and with what `use` rejects with.
 */
export async function withRedis(
  { hostAddress, username, password, db, tls }: ServerSpec,
  { secrets, signal }: EventSourceContext,
  use: (client: RedisClient) => Promise<void>,
): Promise<void> {
  const { host, port } = addressOf(hostAddress);
  const encryption = await tlsOptions(tls, secrets, signal);
  const secret = password && (await secrets.secret(password, signal));
  const { createClient } = await import('@redis/client');
  signal.throwIfAborted();
  const socket = { host, port, connectTimeout: limits.connect, socketTimeout: limits.silence, reconnectStrategy: false } as const;
  const client = createClient({
    RESP: 2,
    socket: encryption ? { ...socket, ...encryption, ...(isIP(host) ? {} : { servername: host }), tls: true } : socket,
    ...(username ? { username } : {}),
    ...(secret === undefined ? {} : { password: secret }),
    database: db ?? 0,
    pingInterval: limits.ping,
    disableClientInfo: true,
  });
  const lost = new Promise<never>((_, reject) => client.on('error', reject));
  lost.catch(() => {});
  const close = (): void => {
    if (client.isOpen) client.destroy();
  };
  signal.addEventListener('abort', close);
  try {
    await client.connect();
    await Promise.race([use(client), lost]);
  } catch (thrown) {
    throw redisError(hostAddress, thrown);
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** What the library throws, in our words: the server's own "no", which begins with a word in capitals, or that it is not there. */
function redisError(hostAddress: string, thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const isReply = thrown instanceof Error && /^[A-Z]{2,} /.test(thrown.message);
  return new EngineError(
    isReply ? 'REMOTE_SENDER' : 'UNREACHABLE_SENDER',
    { server: `the Redis server at ${hostAddress}`, reason: reasonOf(thrown) },
    { cause: thrown },
  );
}

/** Argo's address is `host:port`; without a port it is Redis' own. */
function addressOf(hostAddress: string): { host: string; port: number } {
  const [, host = '', port = '6379'] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(hostAddress) ?? [];
  return { host, port: Number(port) };
}
