import { describe } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { openBus } from '../../../eventbus/open.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type BusWorld, busContract } from '../../contracts/bus.ts';
import { jetStream } from '../../support/jetstream.ts';
import { startNats } from '../../support/nats.ts';
import { record } from '../../support/record.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

/** Each process reaches the server through a proxy of its own; killing it is cutting that for good. */
async function realWorld(): Promise<BusWorld> {
  const nats = await startNats();
  const open = new Map<EventBus, TcpProxy>();
  return {
    async open() {
      const proxy = await startTcpProxy(nats.port);
      const bus = await openBus(jetStream(proxy), { tell: record().tell, clock: systemClock });
      open.set(bus, proxy);
      return bus;
    },
    kill: (bus) => open.get(bus)!.cut(),
    during: (promise) => promise,
    pass: (milliseconds) => systemClock.sleep(milliseconds),
    async [Symbol.asyncDispose]() {
      for (const [bus, proxy] of open) {
        await bus[Symbol.asyncDispose]();
        await proxy.cut();
      }
      await nats[Symbol.asyncDispose]();
    },
  };
}

describe('the bus on JetStream', () => {
  busContract(realWorld);
});
