import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { runEventSource } from '../../eventsources/runner.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Kube } from '../../src/core/kube/kube.ts';
import { TestClock } from './clock.ts';
import { eventSourceOf } from './event-source.ts';
import { memoryKube } from './memory-kube.ts';
import { record } from './record.ts';

/** An EventSource "es" in "playground" with one entry "ev" of a type, running on a bus in memory; ended when it goes out of scope. */
export function runSource(type: string, entry: object, { clock = new TestClock(), kube = memoryKube() as Kube } = {}) {
  const heard = record();
  const bus = openMemoryBus({ kind: 'memory' }, { clock, tell: heard.tell });
  let isAway = false;
  const publish: typeof bus.publish = async (event, options) => {
    if (isAway) throw new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it is away on purpose' });
    return bus.publish(event, options);
  };
  const stop = new AbortController();
  const source = eventSourceOf({ [type]: { ev: entry } });
  let isReady = false;
  const onReady = (ready: boolean) => {
    isReady = ready;
  };
  const ended = runEventSource(source, { bus: { ...bus, publish }, kube, clock, tell: heard.tell, signal: stop.signal, onReady });
  const events = async (): Promise<Event[]> => {
    const found: Event[] = [];
    for await (const { event } of bus.replay({ source: 'es', subject: 'ev' }, 0, new AbortController().signal)) found.push(event);
    return found;
  };
  /** Turns the clock in steps until something holds. Gives up after 10 s without a word: what is expected is compared afterwards. */
  const until = async (holds: () => boolean | Promise<boolean>, step = 100): Promise<void> => {
    for (const end = performance.now() + 10_000; performance.now() < end; await clock.turn(step)) if (await holds()) return;
  };
  return {
    heard,
    events,
    /** Whether publishing fails from now on. */
    loseBus(away: boolean) {
      isAway = away;
    },
    until,
    ready: () => until(() => isReady),
    away: () => until(() => !isReady),
    /** The events, once there are so many. */
    async seen(count: number): Promise<Event[]> {
      await until(async () => (await events()).length >= count);
      return events();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
