/** The one place that touches the library, which is loaded when somebody connects. */
import type { Socket } from 'node:net';
import type { ChannelModel } from 'amqplib';
import { credentialsOf } from '../../src/core/access/basic-auth.ts';
import { tlsOptions } from '../../src/core/access/tls.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { atMost } from '../../src/core/time/deadline.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { AmqpSpec } from './spec.ts';

/** Milliseconds until a server shall have answered, to a farewell too, and seconds between two signs of life. */
const limits = { connect: 5000, close: 1000, heartbeat: 10 };

/**
 * Connects, and lasts until `use` has failed, something is said to have failed, the connection is lost, or the signal aborts; then it is
 * closed, and what was acknowledged before is taken by the server, unless that takes too long. Rejects with UNREACHABLE_SENDER, or with
 * REMOTE_SENDER in the words of the server.
 */
export async function connectAmqp(
  spec: Pick<AmqpSpec, 'url' | 'urlSecret' | 'auth' | 'tls'>,
  { secrets, signal, clock }: EventSourceContext,
  use: (connection: ChannelModel, failed: (thrown: unknown) => void) => Promise<void>,
): Promise<void> {
  const url = spec.urlSecret ? await secrets.secret(spec.urlSecret, signal) : (spec.url ?? '');
  const auth = spec.auth && (await credentialsOf(spec.auth, secrets, signal));
  const tls = await tlsOptions(spec.tls, secrets, signal);
  const { connect, credentials } = await import('amqplib');
  signal.throwIfAborted();
  let connection: ChannelModel | undefined;
  const cut = (): void => {
    (connection?.connection as unknown as { stream: Socket } | undefined)?.stream.destroy();
  };
  const leave = async (): Promise<void> => {
    const farewell = async () => {
      // The library sends what this turn has acknowledged at its end, and the farewell before it.
      await clock.sleep(0);
      await connection?.close();
    };
    await atMost(limits.close, clock, farewell()).catch(() => {});
    cut();
  };
  let left: Promise<void> | undefined;
  const close = (): void => {
    left ??= leave();
  };
  signal.addEventListener('abort', close);
  try {
    connection = await connect(withHeartbeat(url, tls !== undefined), {
      timeout: limits.connect,
      ...tls,
      ...(auth ? { credentials: credentials.plain(auth.username, auth.password) } : {}),
    });
    signal.throwIfAborted();
    await lasting(connection, use);
  } catch (thrown) {
    throw translated(url, thrown);
  } finally {
    signal.removeEventListener('abort', close);
    // Work that the signal has ended too fails before the farewell is said.
    await left;
    cut();
  }
}

function lasting(
  connection: ChannelModel,
  use: (connection: ChannelModel, failed: (thrown: unknown) => void) => Promise<void>,
): Promise<never> {
  return new Promise((_, reject) => {
    connection.on('error', reject);
    connection.on('close', (reason) => reject(reason ?? new Error('the connection was closed')));
    use(connection, reject).catch(reject);
  });
}

/** The library takes the heartbeat from the URL. A `tls` block counts, whatever the scheme says. */
function withHeartbeat(url: string, isEncrypted: boolean): string {
  const at = new URL(url);
  if (!at.searchParams.has('heartbeat')) at.searchParams.set('heartbeat', `${limits.heartbeat}`);
  return isEncrypted ? at.href.replace(/^amqp:/, 'amqps:') : at.href;
}

function translated(url: string, thrown: unknown): unknown {
  if (thrown instanceof EngineError) return thrown;
  const server = `the AMQP server at ${URL.canParse(url) ? new URL(url).host : 'a URL that cannot be read'}`;
  const [, said] = /by server: (.*)$/s.exec(reasonOf(thrown)) ?? [];
  if (said !== undefined) return new EngineError('REMOTE_SENDER', { server, reason: said }, { cause: thrown });
  return new EngineError('UNREACHABLE_SENDER', { server, reason: reasonOf(thrown) }, { cause: thrown });
}
