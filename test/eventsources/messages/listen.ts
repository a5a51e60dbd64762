import type { EventBus } from '../../../eventbus/bus.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { eventSourceKind } from '../../../eventsources/kind.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Kube } from '../../../src/core/kube/kube.ts';
import { read } from '../../../src/core/schema/read.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { memoryKube } from '../../support/memory-kube.ts';
import { type Record, record } from '../../support/record.ts';

export interface Listening extends AsyncDisposable {
  readonly told: Record;
  readonly bus: TestBus;
  isReady(): boolean;
  /** Waits until it is ready. */
  ready(): Promise<void>;
  /** Waits until so many events are stored, and gives them. */
  events(count: number): Promise<Event[]>;
  stop(): Promise<void>;
}

export interface TestBus extends EventBus {
  /** All events, in the order of the stream. */
  stored(): Promise<Event[]>;
  /** While true, publishing fails as if the bus were away. */
  away: boolean;
  /** Calls to publish. */
  attempts: number;
}

/** One bus can serve several listeners one after another, as several lives of a process. */
export function testBus(): TestBus {
  const bus = openMemoryBus({ kind: 'memory' }, { clock: systemClock, tell: record().tell });
  const test: TestBus = Object.assign(Object.create(bus) as TestBus, bus, {
    away: false,
    attempts: 0,
    async publish(event: Event, options?: { signal?: AbortSignal }) {
      test.attempts += 1;
      if (test.away) throw new EngineError('UNREACHABLE_BUS', { server: 'nats://test', reason: 'it is away on purpose' });
      return bus.publish(event, options);
    },
    async stored() {
      const found: Event[] = [];
      for await (const { event } of bus.replay({ source: 'es', subject: 'event' }, 0, new AbortController().signal)) found.push(event);
      return found;
    },
  });
  return test;
}

/** Runs an EventSource `es` with one entry `event` of a type, in real time. */
export function listen(
  type: string,
  spec: object,
  { bus = testBus(), kube = memoryKube() }: { bus?: TestBus; kube?: Kube } = {},
): Listening {
  const object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'EventSource', metadata: { name: 'es', namespace: 'playground' } };
  const { value, findings } = read(eventSourceKind.schema, { ...object, spec: { [type]: { event: spec } } });
  if (!value) throw new Error(findings.map(({ message }) => message).join('; '));
  const told = record();
  const stop = new AbortController();
  let isReady = false;
  const onReady = (ready: boolean): void => {
    isReady = ready;
  };
  const ended = runEventSource(value, { bus, kube, clock: systemClock, tell: told.tell, signal: stop.signal, onReady });
  const end = async (): Promise<void> => {
    stop.abort();
    await ended;
  };
  return {
    told,
    bus,
    isReady: () => isReady,
    async ready() {
      await eventually(() => isReady);
    },
    events: (count) =>
      eventually(async () => {
        const stored = await bus.stored();
        if (stored.length < count) throw new Error(`${stored.length} of ${count} events; told: ${JSON.stringify(told.all.slice(-5))}`);
        return stored;
      }, 15_000),
    stop: end,
    [Symbol.asyncDispose]: end,
  };
}

/** What an event says. */
export const payloadOf = (event: Event): unknown => JSON.parse(event.data!.text);
