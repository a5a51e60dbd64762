import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { memoryStore } from '../../../eventbus/memory/store.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { SetClock } from '../../support/clock.ts';
import { eventSourceOf } from '../../support/event-source.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { record } from '../../support/record.ts';

export const hour = 3_600_000;

/** A calendar that is started and stopped on a bus that stays, under a clock that can be set. */
export function setUp(start = '2026-07-18T12:00:00Z') {
  const clock = new SetClock(Date.parse(start));
  const store = memoryStore(clock);
  const bus: EventBus = openMemoryBus({ kind: 'memory', store }, { clock, tell: record().tell });
  const kube = memoryKube();
  const begin = (entry: object) => {
    const stop = new AbortController();
    const heard = record();
    const source = eventSourceOf({ calendar: { tick: entry } });
    const ended = runEventSource(source, { bus, kube, clock, tell: heard.tell, signal: stop.signal });
    return {
      heard,
      stop: () => {
        stop.abort();
        return ended;
      },
    };
  };
  const sent = async () => {
    const events = [];
    for await (const { event } of bus.replay({ source: 'es', subject: 'tick' }, 0, new AbortController().signal)) events.push(event);
    return events;
  };
  const times = async () => (await sent()).map(({ time }) => time.slice(11, 19));
  return { bus, clock, kube, begin, sent, times };
}
