import { expect, test } from 'vitest';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { createWorkbench } from '../../src/cli/workbench.ts';
import { createMetrics } from '../../src/core/telemetry/metrics.ts';
import { createTell } from '../../src/core/telemetry/tell.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { checkRule } from '../../src/manifests/check.ts';
import { loadText } from '../../src/manifests/load.ts';
import { eventually } from '../support/eventually.ts';
import { memoryKube } from '../support/memory-kube.ts';

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
