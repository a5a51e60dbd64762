import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { EventBus } from '../../eventbus/bus.ts';
import type { JetStreamConfig } from '../../eventbus/config.ts';
import { openBus } from '../../eventbus/open.ts';
import { type Clock, systemClock } from '../../src/core/time/clock.ts';
import { jetStream } from './jetstream.ts';
import { type Record, record } from './record.ts';

export type OpenBus = EventBus & { readonly told: Record };

/** A bus on a server of the test's own, with what it told. */
export async function openJetStream(
  at: { port: number },
  more: Partial<JetStreamConfig> & { clock?: Clock; signal?: AbortSignal; told?: Record } = {},
): Promise<OpenBus> {
  const { clock = systemClock, signal, told = record(), ...config } = more;
  const bus = await openBus({ ...jetStream(at), ...config }, { tell: told.tell, clock, ...(signal ? { signal } : {}) });
  return Object.assign(bus, { told });
}

/** The server as somebody else sees it, through the client's own classes. */
export async function otherClient(at: { url: string }): Promise<{ nats: NatsConnection; manager: JetStreamManager } & AsyncDisposable> {
  const { username: user, password: pass } = new URL(at.url);
  const nats = await connect({ servers: at.url, ...(user ? { user, pass } : {}) });
  const manager = await jetstreamManager(nats);
  return { nats, manager, [Symbol.asyncDispose]: () => nats.close() };
}
