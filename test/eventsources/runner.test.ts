import { expect, test } from 'vitest';
import type { EventBus } from '../../eventbus/bus.ts';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { memoryStore } from '../../eventbus/memory/store.ts';
import type { EventSource } from '../../eventsources/kind.ts';
import { runEventSource } from '../../eventsources/runner.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { TestClock } from '../support/clock.ts';
import { eventSourceOf } from '../support/event-source.ts';
import { record } from '../support/record.ts';
import { CollectionKube } from './collection-kube.ts';
import { inShort, published } from './resource/source.ts';

const entry = { version: 'v1', resource: 'services', namespace: 'playground', eventTypes: ['ADD', 'UPDATE', 'DELETE'] };

const ruleWith = (entries: object): EventSource => eventSourceOf({ resource: entries }, { name: 'ingress-es' });

function setUp() {
  const clock = new TestClock();
  const store = memoryStore(clock);
  const kube = new CollectionKube();
  const open = () => openMemoryBus({ kind: 'memory', store }, { clock, tell: record().tell });
  const run = (bus: EventBus, { entries = { service: entry }, relist = false }: { entries?: object; relist?: boolean } = {}) => {
    const stop = new AbortController();
    const { tell, ...heard } = record();
    const readiness: boolean[] = [];
    const onReady = (isReady: boolean) => void readiness.push(isReady);
    const ended = runEventSource(ruleWith(entries), { bus, kube: kube.kube, clock, tell, signal: stop.signal, relist, onReady });
    const end = (): Promise<void> => {
      stop.abort();
      return ended;
    };
    return { heard, readiness, stop: end };
  };
  return { clock, kube, open, run };
}

test('an object that is made is on the bus, and the source is ready once it listens', async () => {
  const { clock, kube, open, run } = setUp();
  const bus = open();
  const source = run(bus);
  await clock.turn(10);

  expect(source.readiness).toEqual([true]);
  kube.add('web');
  await clock.turn(10);
  await source.stop();

  expect(inShort(await published(bus))).toEqual(['ADD web']);
  expect(source.heard.of('eventPublished')).toMatchObject([
    { eventsource: 'ingress-es', event: 'service', type: 'ADD', object: 'playground/web', took: 0 },
  ]);
  expect(source.readiness).toEqual([true, false]);
});

test('a source is ready when all its entries are', async () => {
  const { clock, open, run } = setUp();
  const bus = open();
  const stuck: EventBus = { ...bus, lease: (name, signal) => (name.endsWith('/b') ? new Promise(() => {}) : bus.lease(name, signal)) };

  const both = run(stuck, { entries: { a: entry, b: entry } });
  await clock.turn(10);
  const before = [...both.readiness];
  await clock.turn(2000);

  expect(before).toEqual([]);
  expect(both.readiness).toEqual([true]);
  expect(both.heard.of('leaseWaiting')).toEqual([{ eventsource: 'ingress-es', event: 'b' }]);
});

test('of two processes one publishes, and the other takes over exactly where it stopped', async () => {
  const { clock, kube, open, run } = setUp();
  const [one, other] = [open(), open()];
  kube.add('goes');
  kube.add('stays');
  const first = run(one);
  await clock.turn(10);
  const second = run(other);
  await clock.turn(1500);

  expect(second.readiness).toEqual([true]);
  await first.stop();
  kube.delete('goes');
  await clock.turn(10);
  kube.add('new');
  await clock.turn(10);
  await second.stop();

  expect(inShort(await published(one))).toEqual(['ADD goes', 'ADD stays', 'DELETE goes', 'ADD new']);
  expect(second.heard.of('leaseTaken')).toHaveLength(1);
});

test('a bus that is away is waited for, told once, and nothing is lost or sent twice', async () => {
  const { clock, kube, open, run } = setUp();
  const real = open();
  let isAway = false;
  const bus: EventBus = {
    ...real,
    async publish(event) {
      if (isAway) throw new EngineError('UNREACHABLE_BUS', { server: 'nats://x', reason: 'gone' });
      return real.publish(event);
    },
  };
  const source = run(bus);
  await clock.turn(10);

  isAway = true;
  const names = Array.from({ length: 20 }, (_, index) => `web-${index}`);
  for (const name of names) kube.add(name);
  await clock.turn(60_000);
  kube.delete('web-1');
  isAway = false;
  await clock.turn(60_000);
  await source.stop();

  expect(inShort(await published(real)).sort()).toEqual([...names.map((name) => `ADD ${name}`), 'DELETE web-1'].sort());
  expect(source.heard.of('publishWaiting')).toHaveLength(1);
  expect(source.heard.of('workerFailed')).toEqual([]);
});

test('a relist is done once, not at every restart of a listener', async () => {
  const { clock, kube, open, run } = setUp();
  const real = open();
  kube.add('web');
  const before = run(real);
  await clock.turn(10);
  await before.stop();
  let fails = false;
  const bus: EventBus = {
    ...real,
    async publish(event) {
      if (!fails) return real.publish(event);
      fails = false;
      throw new EngineError('REMOTE_BUS_NAME', { name: 'x', reason: 'y' });
    },
  };

  const source = run(bus, { relist: true });
  await clock.turn(10);
  fails = true;
  kube.change('web', { spec: { port: 80 } });
  await clock.turn(5000);
  await source.stop();

  expect(inShort(await published(real))).toEqual(['ADD web', 'ADD web', 'UPDATE web']);
  expect(source.heard.of('workerFailed')).toMatchObject([{ part: 'event source playground/ingress-es/service' }]);
});

test('a source stops within a second while the bus answers nothing', async () => {
  const { clock, kube, open, run } = setUp();
  const real = open();
  const mute = new Promise<never>(() => {});
  let isMute = false;
  const bus: EventBus = {
    ...real,
    publish: (event) => (isMute ? mute : real.publish(event)),
    async state(name) {
      const store = await real.state(name);
      return { ...store, set: (...args) => (isMute ? mute : store.set(...args)) };
    },
  };
  const source = run(bus);
  await clock.turn(10);
  isMute = true;
  kube.add('web');
  await clock.turn(10);

  const ended = source.stop();
  await clock.turn(1000);

  await ended;
});

test('an EventSource without entries is ready and does nothing', async () => {
  const { open, run } = setUp();

  const source = run(open(), { entries: {} });

  expect(source.readiness).toEqual([true]);
  await source.stop();
});
