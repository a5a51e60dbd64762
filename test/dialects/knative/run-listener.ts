import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { runListeners } from '../../../eventsources/runner.ts';
import { fromBusEvent } from '../../../src/core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import type { Kube } from '../../../src/core/kube/kube.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import type { DialectListener } from '../../../src/dialects/dialect.ts';
import { TestClock } from '../../support/clock.ts';
import { type Record, record } from '../../support/record.ts';

export interface RunningListener extends AsyncDisposable {
  readonly heard: Record;
  /** What it has sent, as a receiver would see it. */
  events(): Promise<CloudEvent[]>;
  /** Turns the clock until something holds; gives up after 10 s without a word. */
  until(holds: () => boolean | Promise<boolean>, step?: number): Promise<void>;
  /** Until it says that it listens, or no longer. */
  ready(isReady?: boolean): Promise<void>;
  /** What it has sent, once there are so many. */
  seen(count: number): Promise<CloudEvent[]>;
}

interface World {
  readonly kube: Kube;
  /** One that is turned, or the real one. */
  readonly clock?: TestClock | Clock;
  readonly bus?: EventBus;
}

export const memoryBus = (clock: Clock): EventBus => openMemoryBus({ kind: 'memory' }, { clock, tell: record().tell });

const pass = (clock: TestClock | Clock, milliseconds: number): Promise<void> =>
  clock instanceof TestClock ? clock.turn(milliseconds) : clock.sleep(milliseconds / 10);

/** A listener of a translation, running; ended when it goes out of scope. */
export function runListener(listener: DialectListener, { kube, clock = new TestClock(), bus = memoryBus(clock) }: World): RunningListener {
  const heard = record();
  const stop = new AbortController();
  let isReady = false;
  const { name, definition, spec, address, busNamespace: namespace } = listener;
  const ended = runListeners({ namespace, name }, [{ definition, eventName: 'event', spec, address }], {
    bus,
    kube,
    clock,
    tell: heard.tell,
    signal: stop.signal,
    onReady: (is) => {
      isReady = is;
    },
  });
  const events = async (): Promise<CloudEvent[]> => {
    const found: CloudEvent[] = [];
    for await (const { event } of bus.replay(address, 0, new AbortController().signal)) found.push(fromBusEvent(event));
    return found;
  };
  const until = async (holds: () => boolean | Promise<boolean>, step = 100): Promise<void> => {
    for (const end = performance.now() + 10_000; performance.now() < end; await pass(clock, step)) if (await holds()) return;
  };
  return {
    heard,
    events,
    until,
    ready: (wanted = true) => until(() => isReady === wanted),
    async seen(count) {
      await until(async () => (await events()).length >= count);
      return events();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
