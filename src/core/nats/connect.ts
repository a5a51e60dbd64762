/**
 * One way to a NATS server, for the bus and for event sources and triggers that speak to servers of their own.
 *
 * The client library is loaded when somebody connects, not before.
 */
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { waitAfter } from '../time/backoff.ts';
import type { Clock } from '../time/clock.ts';
import { atMost } from '../time/deadline.ts';
import { dialled } from './dialled.ts';

export type { Msg, NatsConnection } from '@nats-io/transport-node';

export interface NatsPlace {
  /** `nats://host:port`, without credentials in it. */
  readonly servers: readonly string[];
  /** What the server shows of this connection in its lists. */
  readonly name: string;
  readonly credentials?: NatsCredentials | undefined;
  readonly tls?: NatsTls | undefined;
}

/** What `nkey` and `creds` give is asked for at each connection, because files are renewed while we run. */
export type NatsCredentials =
  | { readonly user: string; readonly password: string }
  | { readonly token: string }
  /** The seed of an NKey ("SU…"). */
  | { readonly nkey: () => string }
  /** The text of a credentials file as `nsc` writes it: a JWT and the seed of its NKey. */
  | { readonly creds: () => string };

/** PEM texts. */
export interface NatsTls {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly verify: boolean;
}

/**
 * Tries once, for 5 s at the most. What is connected comes back by itself, however long the server is away and whatever it refuses
 * meanwhile; `status()` tells. Rejects with the library's error, or with the signal's reason.
 */
export async function connectNats(place: NatsPlace, signal?: AbortSignal): Promise<NatsConnection> {
  const { connect } = await import('@nats-io/transport-node');
  const options = await optionsOf(place);
  return abortable(
    dialled(() => connect(options), signal),
    signal,
  );
}

/** Closes it; what has been said is sent before, if the server takes it within so many milliseconds. */
export async function partFrom(nats: NatsConnection, within: number, clock: Clock): Promise<void> {
  const drained = nats.drain().catch(() => {});
  await atMost(within, clock, drained);
  await nats.close().catch(() => {});
}

/** Whether the server does not take the credentials, which is what the library's error says then. */
export const isRefusal = (thrown: unknown): boolean =>
  thrown instanceof Error && ['AuthorizationError', 'UserAuthenticationExpiredError'].includes(thrown.name);

async function optionsOf({ servers, credentials, tls, name }: NatsPlace): Promise<ConnectionOptions> {
  return {
    servers: [...servers],
    name,
    timeout: 5000,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectDelayHandler: () => waitAfter(1, { first: 500, ceiling: 500 }),
    pingInterval: 10_000,
    noAsyncTraces: true,
    ...(await userOf(credentials)),
    ...(tls ? { tls: tlsOf(tls, servers) } : {}),
  };
}

async function userOf(credentials: NatsCredentials | undefined): Promise<ConnectionOptions> {
  if (!credentials) return {};
  if ('token' in credentials) return { token: credentials.token };
  if ('user' in credentials) return { user: credentials.user, pass: credentials.password };
  const { credsAuthenticator, nkeyAuthenticator } = await import('@nats-io/transport-node');
  if ('creds' in credentials) return { authenticator: credsAuthenticator(() => Buffer.from(`${credentials.creds()}\n`)) };
  return { authenticator: nkeyAuthenticator(() => Buffer.from(credentials.nkey().trim())) };
}

const tlsOf = ({ ca, cert, key, verify }: NatsTls, servers: readonly string[]): NonNullable<ConnectionOptions['tls']> => ({
  // Handed on to node:tls, though the client's types do not say so.
  ...{ checkServerIdentity: identityAmong(servers) },
  ...(ca === undefined ? {} : { ca }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
  ...(verify ? {} : { rejectUnauthorized: false }),
});

/** A server that is reached by its address shall have that in its certificate; the client names no host then, and Node takes "localhost". */
function identityAmong(servers: readonly string[]): typeof checkServerIdentity {
  const addresses = servers.map((url) => new URL(url).hostname.replace(/^\[|\]$/g, '')).filter((host) => isIP(host) !== 0);
  return (host, certificate) => {
    const hosts = host === 'localhost' && addresses.length > 0 ? addresses : [host];
    const problems = hosts.map((name) => checkServerIdentity(name, certificate));
    return problems.includes(undefined) ? undefined : problems[0];
  };
}

/** Settles with the promise, or rejects at once when the signal aborts; a connection that comes too late is closed. */
async function abortable(opening: Promise<NatsConnection>, signal: AbortSignal | undefined): Promise<NatsConnection> {
  if (!signal) return opening;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([opening, aborted]);
  } catch (thrown) {
    if (signal.aborted) void opening.then((late) => late.close()).catch(() => {});
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
