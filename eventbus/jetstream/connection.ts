import { errors, type Msg } from '@nats-io/transport-node';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { connectNats, isRefusal, type NatsConnection, partFrom } from '../../src/core/nats/connect.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { JetStreamConfig } from '../config.ts';
import type { BusContext } from '../open.ts';
import { Requests, Unanswered } from './requests.ts';

/** How long a call waits for a bus that is away or does not answer, before it rejects with UNREACHABLE_BUS. In milliseconds. */
export const patience = 5000;

/** One connection, for as long as the bus is open: it comes back by itself however long the server is away. */
export interface Connection {
  readonly nats: NatsConnection;
  /** The servers, for messages. */
  readonly server: string;
  readonly clock: Clock;
  readonly tell: Tell;
  readonly connected: boolean;
  /** What is in flight over it, for each durable that is pulled. */
  readonly pulls: Set<{ readonly size: number }>;
  /** Those who have answered deliveries and wait with it for a moment: requests are sent behind the answers that were given before them. */
  readonly unsaid: Set<{ send(): void }>;
  /** Whether the server is at least this version of NATS 2. */
  atLeast(minor: number): boolean;
  /** Resolves once connected; rejects with UNREACHABLE_BUS after `patience`. */
  ready(signal?: AbortSignal): Promise<void>;
  /** One question, one answer. Rejects with UNREACHABLE_BUS; `cause` is then an Unanswered. */
  request(subject: string, body: Uint8Array, head?: Uint8Array): Promise<Msg>;
  /** Calls back whenever the connection is lost and whenever it is there again; the returned function takes it back. */
  onChange(callback: (connected: boolean) => void): () => void;
  unreachable(reason: string): EngineError;
  close(): Promise<void>;
}

/** Resolves when connected, however long that takes: `busAway` is told once for each new reason. Rejects only when the signal aborts. */
export async function openConnection(config: JetStreamConfig, { tell, clock, signal }: BusContext): Promise<Connection> {
  const server = config.servers.join(', ');
  const away = teller(server, tell);
  for (let attempt = 1; ; attempt++) {
    try {
      const nats = await connectNats({ ...config, name: `sensorium ${config.names.bus}` }, signal);
      tell.busConnected({ server, version: nats.info?.version });
      return watched(nats, server, away, { tell, clock });
    } catch (thrown) {
      if (signal?.aborted) throw unreachable(server, 'stopped waiting for it');
      away.because(thrown);
    }
    await clock.sleep(waitAfter(attempt, { first: 200, ceiling: 5000 }), signal);
  }
}

/** Tells that the bus is away, once for each new reason, and that it is back. */
function teller(server: string, tell: Tell) {
  let told: string | undefined;
  return {
    because(thrown: unknown) {
      const error = isRefusal(thrown)
        ? new EngineError('REMOTE_BUS_AUTH', { server, reason: reasonOf(thrown) })
        : unreachable(server, reasonOf(thrown));
      if (told === error.message) return;
      told = error.message;
      tell.busAway({ server, error });
    },
    back() {
      told = undefined;
      tell.busBack({ server });
    },
  };
}

const unreachable = (server: string, reason: string): EngineError => new EngineError('UNREACHABLE_BUS', { server, reason });

const sentences: Record<Unanswered['kind'], string> = {
  'nobody listens': 'JetStream or the stream is not available there',
  'too late': `it did not answer within ${patience / 1000} s`,
  disconnected: 'the connection was lost',
};

function watched(nats: NatsConnection, server: string, away: ReturnType<typeof teller>, { tell, clock }: BusContext): Connection {
  const callbacks = new Set<(connected: boolean) => void>();
  const unsaid: Connection['unsaid'] = new Set();
  const sayAll = () => unsaid.forEach((one) => void one.send());
  const requests = new Requests(nats, clock, { patience, before: sayAll });
  let connected = true;
  const change = (now: boolean) => {
    connected = now;
    if (!now) requests.disconnected();
    for (const callback of [...callbacks]) callback(now);
  };
  void (async () => {
    for await (const status of nats.status()) {
      if (status.type === 'disconnect' && connected) {
        away.because(new Error('the connection was lost'));
        change(false);
      } else if (status.type === 'reconnect') {
        away.back();
        change(true);
      } else if (status.type === 'error') {
        if (status.error instanceof errors.PermissionViolationError) tell.busWarning({ server, warning: status.error.message });
        else if (!connected) away.because(status.error);
      }
    }
  })();
  const onChange = (callback: (connected: boolean) => void) => {
    callbacks.add(callback);
    return () => void callbacks.delete(callback);
  };
  return {
    nats,
    pulls: new Set(),
    unsaid,
    server,
    clock,
    tell,
    get connected() {
      return connected;
    },
    atLeast(minor) {
      const [major = 0, has = 0] = (nats.info?.version ?? '').split('.').map(Number);
      return major > 2 || has >= minor;
    },
    ready: (signal) =>
      new Promise((resolve, reject) => {
        if (connected) return resolve();
        const done = () => {
          stopTimer();
          stopWatching();
          signal?.removeEventListener('abort', done);
          if (connected) resolve();
          else reject(unreachable(server, 'the connection is lost'));
        };
        const stopTimer = clock.after(patience, done);
        const stopWatching = onChange(done);
        signal?.addEventListener('abort', done);
      }),
    request: (subject, body, head) =>
      requests.send(subject, body, head).catch((cause: unknown) => {
        throw new EngineError(
          'UNREACHABLE_BUS',
          { server, reason: cause instanceof Unanswered ? sentences[cause.kind] : reasonOf(cause) },
          { cause },
        );
      }),
    onChange,
    unreachable: (reason) => unreachable(server, reason),
    async close() {
      callbacks.clear();
      sayAll();
      if (connected) await partFrom(nats, 2000, clock);
      else await nats.close().catch(() => {});
      requests.close();
    },
  };
}
