/** What a sensor does with one event before anything is sent: the rule of `examples/auto-ingress`, compiled once. */
import { compileSensor } from '../sensors/compile.ts';
import type { Sensor } from '../sensors/kind.ts';
import type { Firing } from '../sensors/triggers/trigger.ts';
import { EventData } from '../src/core/event/data.ts';
import { makeEvent } from '../src/core/event/event.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { Clients } from '../src/core/lifecycle/clients.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { checkRule } from '../src/manifests/check.ts';
import { loadRules } from '../src/manifests/load.ts';
import { printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const rounds = 20_000;

export async function parameters(): Promise<Row[]> {
  const { objects } = await loadRules(['examples/auto-ingress/sensor.yaml']);
  const sensor = checkRule(objects[0]!.object)!.rule!.value as Sensor;
  const { compiled } = compileSensor(sensor);
  const text = stringifyJson(serviceEvent);
  const origin = { source: 'ingress-es', subject: 'annotated-service', type: 'resource' };
  const event = () => makeEvent({ id: 'x', data: EventData.fromText(text) }, origin, 0);
  const admitted = await compiled!.dependencies[0]!.admit(event());
  if (!admitted.admitted) throw new Error(admitted.because);
  const firing: Firing = {
    id: 'x',
    sensor: 'ingress-sn',
    namespace: 'playground',
    trigger: 'ingress',
    events: new Map([['service', admitted.event]]),
    orderKey: undefined,
  };
  const context = {
    attempt: 1,
    signal: new AbortController().signal,
    clock: systemClock,
    kube: undefined as unknown as Kube,
    tell: createTell(),
    clients: new Clients(),
  };

  return [
    await timed('JSON.parse + JSON.stringify of the event', () => JSON.stringify(JSON.parse(text))),
    await timed('transform and filters (admit)', () => compiled!.dependencies[0]!.admit(event())),
    await timed('six parameters into trigger and Ingress (prepare)', () => compiled!.triggers[0]!.prepare(firing, context)),
  ].map((row, _index, [ceiling]) => (row === ceiling ? row : { ...row, ceiling: ceiling!.value, of: ceiling!.what }));
}

async function timed(what: string, run: () => unknown): Promise<Row> {
  for (let index = 0; index < rounds / 4; index++) await run();
  const began = performance.now();
  for (let index = 0; index < rounds; index++) await run();
  return { what, value: rounds / ((performance.now() - began) / 1000), unit: '/s' };
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('rule of auto-ingress', await parameters());
