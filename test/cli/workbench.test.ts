import { expect, test } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { memoryStore } from '../../eventbus/memory/store.ts';
import { createWorkbench, type Workbench } from '../../src/cli/workbench.ts';
import { createMetrics } from '../../src/core/telemetry/metrics.ts';
import { createTell } from '../../src/core/telemetry/tell.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { checkRule } from '../../src/manifests/check.ts';
import { loadText } from '../../src/manifests/load.ts';
import { buildEvent } from '../support/build-event.ts';
import { eventually } from '../support/eventually.ts';
import { memoryKube } from '../support/memory-kube.ts';
import { record } from '../support/record.ts';

const rules = `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: clock, namespace: team}
spec: {calendar: {tick: {interval: 1h}}}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: show, namespace: shop}
spec:
  dependencies: [{name: dep, eventSourceName: clock, eventName: tick}]
  triggers: [{template: {name: print, log: {}}}]
`;

test('the series of a rule are there from its start, each with its namespace', async () => {
  const metrics = createMetrics();
  const context = { clock: systemClock, tell: createTell(metrics.listener) };
  const kube = memoryKube();
  await using bench = createWorkbench({
    dialects,
    openBus: async () => openMemoryBus({ kind: 'memory' }, context),
    kube,
    drainFor: 1_000,
    relist: false,
    metrics,
    ...context,
  });

  for (const { object } of loadText('rules.yaml', rules, { namespace: 'default' }).objects) await bench.set(checkRule(object)!.rule!);
  await eventually(() => bench.missing().length === 0);

  const text = await metrics.text();
  expect(text).toContain('argo_events_events_sent_total{eventsource_name="clock",event_name="tick",namespace="team"} 0');
  expect(text).toContain('argo_events_event_service_running_total{eventsource_name="clock",namespace="team"} 1');
  expect(text).toContain('argo_events_action_triggered_total{sensor_name="show",trigger_name="print",namespace="shop"} 0');
});

test('what is set while it ends never runs', async () => {
  const context = { clock: systemClock, tell: createTell() };
  const opened: string[] = [];
  const bench = createWorkbench({
    dialects,
    openBus: async (namespace) => {
      opened.push(namespace);
      return openMemoryBus({ kind: 'memory' }, context);
    },
    kube: memoryKube(),
    drainFor: 1_000,
    relist: false,
    places: { ports: new Map([['broker-ingress', 0]]) },
    ...context,
  });
  const broker = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: { name: 'default', namespace: 'shop' }, spec: {} };
  const sensor = loadText('rules.yaml', rules, { namespace: 'default' }).objects[1]!.object;

  const set = [bench.set(checkRule(broker)!.rule!)];
  const ended = bench[Symbol.asyncDispose]();
  set.push(bench.set(checkRule(sensor)!.rule!));
  await Promise.all([...set, ended]);

  expect(bench.missing()).toEqual([]);
  expect(opened).toEqual([]);
});

test('what waits on the bus at the start is for all rules that were there before', async () => {
  const heard = record();
  const context = { clock: systemClock, tell: heard.tell };
  const store = memoryStore(systemClock);
  const shown: string[] = [];
  const knative = { namespace: 'shop' };
  const broker = { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: { name: 'default', ...knative }, spec: {} };
  const subscriber = { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'display' } };
  const trigger = {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'show', ...knative },
    spec: { broker: 'default', subscriber },
  };
  const opened = () =>
    createWorkbench({
      dialects,
      openBus: async () => openMemoryBus({ kind: 'memory', store }, context),
      kube: memoryKube(),
      drainFor: 1_000,
      relist: false,
      gathers: true,
      places: { ports: new Map([['broker-ingress', 0]]), display: (_, { id }) => void shown.push(id) },
      ...context,
    });
  const set = async (bench: Workbench): Promise<void> => {
    for (const one of [broker, trigger]) await bench.set(checkRule(one)!.rule!);
    await bench.gathered();
    await eventually(() => bench.missing().length === 0);
  };
  {
    await using before = opened();
    await set(before);
  }
  const address = { source: 'Broker:default', subject: 'event' };
  {
    await using bus = openMemoryBus({ kind: 'memory', store }, context);
    await bus.publish({ ...buildEvent({ id: 'meanwhile' }), address });
  }

  await using after = opened();
  await set(after);

  await eventually(() => shown.includes('meanwhile'));
});

test('what comes while a sensor still looks for its bus is its own', async () => {
  const heard = record();
  const context = { clock: systemClock, tell: heard.tell };
  const store = memoryStore(systemClock);
  const open = () => openMemoryBus({ kind: 'memory', store }, context);
  let found: () => void = () => {};
  const isFound = new Promise<void>((resolve) => {
    found = resolve;
  });
  await using bench = createWorkbench({
    dialects,
    openBus: () => isFound.then(open),
    kube: memoryKube(),
    drainFor: 1_000,
    relist: false,
    ...context,
  });
  const sensor = loadText('rules.yaml', rules, { namespace: 'default' }).objects[1]!.object;

  await bench.set(checkRule(sensor)!.rule!);
  {
    await using bus = open();
    await bus.publish(buildEvent({ id: 'early', source: 'clock', subject: 'tick' }));
  }
  found();

  await heard.seen('triggerFired');
});
