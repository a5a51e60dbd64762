import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { memoryStore } from '../../../eventbus/memory/store.ts';
import type { CompiledSensor } from '../../../sensors/compiled.ts';
import { entriesOf } from '../../../sensors/firing/queue-entries.ts';
import { runSensor } from '../../../sensors/runner.ts';
import type { Kube } from '../../../src/core/kube/kube.ts';
import { buildEvent, noKube } from '../../support/build-sensor.ts';
import { TestClock } from '../../support/clock.ts';
import { bodiesOf } from '../../support/queue-contents.ts';
import { record } from '../../support/record.ts';

/** A bus in memory, a clock to turn, and sensors that run on them. */
export function workplace(clock = new TestClock()) {
  const told = record();
  const store = memoryStore(clock);
  const bus = openMemoryBus({ kind: 'memory', store }, { clock, tell: told.tell });
  const running: { stop: AbortController; ended: Promise<void> }[] = [];
  return {
    clock,
    told,
    store,
    bus,
    /** Starts a sensor; the answer stops it and waits for its end, turning the clock meanwhile. */
    run(sensor: CompiledSensor, options: { bus?: EventBus; kube?: Kube; drainFor?: number; onReady?: () => void; move?: 'takeover' } = {}) {
      const stop = new AbortController();
      const ended = runSensor(sensor, { bus, kube: noKube, clock, tell: told.tell, signal: stop.signal, ...options });
      running.push({ stop, ended });
      return {
        stop: async () => {
          stop.abort();
          await turnUntil(clock, ended);
        },
        ended,
      };
    },
    async publish(id: string, options?: Parameters<typeof buildEvent>[1]) {
      return bus.publish(buildEvent(id, options));
    },
    /** Something on the stream that we did not write. */
    publishRaw(subject: string, text: string) {
      store.log.append(subject, text, { head: new Uint8Array(0), body: Buffer.from(text) }, () => 0);
      for (const durable of store.durables.values()) durable.wake();
    },
    /** How many events from the first one that is not acknowledged to the end of the stream. */
    unacknowledged() {
      return store.log.last + 1 - Math.min(...[...store.durables.values()].map((durable) => durable.floor));
    },
    async waiting() {
      return entriesOf(await bus.queue('sensor/playground/sn'));
    },
    async parked() {
      return (await bodiesOf(await bus.parked())).map((body) => JSON.parse(body));
    },
    async [Symbol.asyncDispose]() {
      for (const { stop } of running) stop.abort();
      for (const { ended } of running) await turnUntil(clock, ended);
      await bus[Symbol.asyncDispose]();
    },
  };
}

/** Turns the clock until something has settled. */
async function turnUntil(clock: TestClock, ended: Promise<unknown>): Promise<void> {
  let done = false;
  void ended.finally(() => {
    done = true;
  });
  for (let turn = 0; !done && turn < 10_000; turn++) await clock.turn(50);
  await ended;
}
