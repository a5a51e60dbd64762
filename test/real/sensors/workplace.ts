import { openBus } from '../../../eventbus/open.ts';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import { entriesOf } from '../../../sensors/firing/queue-entries.ts';
import { runSensor } from '../../../sensors/runner.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent, noKube } from '../../support/build-sensor.ts';
import { jetStream } from '../../support/jetstream.ts';
import { startNats } from '../../support/nats.ts';
import { record } from '../../support/record.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

/** A real server, a bus of the test's own, and sensors that reach it each over a connection that can be cut. */
export async function workplace() {
  const nats = await startNats();
  const told = record();
  const { tell } = told;
  const bus = await openBus(jetStream(nats), { tell, clock: systemClock });
  const cleanups: (() => Promise<void>)[] = [];
  return {
    publish: (id: string, more: Parameters<typeof buildEvent>[1] = {}) => bus.publish(buildEvent(id, more)),
    state: () => bus.state('sensor/playground/sn'),
    told,
    waiting: async () => entriesOf(await bus.queue('sensor/playground/sn')),
    async process(sensorOf: (alive: () => boolean) => CompiledSensor) {
      const proxy = await startTcpProxy(nats.port);
      const own = await openBus(jetStream(proxy), { tell, clock: systemClock });
      const stop = new AbortController();
      let alive = true;
      const deps = { bus: own, kube: noKube, clock: systemClock, tell, signal: stop.signal, drainFor: 0 };
      const ended = runSensor(
        sensorOf(() => alive),
        deps,
      );
      const end = async () => {
        alive = false;
        await proxy.cut();
        stop.abort();
        await ended;
        await own[Symbol.asyncDispose]();
      };
      let ending: Promise<void> | undefined;
      const cut = () => {
        ending ??= end();
        return ending;
      };
      cleanups.push(cut);
      return { cut };
    },
    async [Symbol.asyncDispose]() {
      for (const cleanup of cleanups) await cleanup();
      await bus[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
    },
  };
}
