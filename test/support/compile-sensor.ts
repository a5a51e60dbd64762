import { compileSensor } from '../../sensors/compile.ts';
import type { Action, CompiledSensor } from '../../sensors/compiled.ts';
import { sensorKind } from '../../sensors/kind.ts';
import type { Firing, TriggerContext } from '../../sensors/triggers/trigger.ts';
import type { Finding } from '../../src/core/errors/finding.ts';
import type { Event } from '../../src/core/event/event.ts';
import { Clients } from '../../src/core/lifecycle/clients.ts';
import type { CheckOptions } from '../../src/core/schema/kind.ts';
import { read } from '../../src/core/schema/read.ts';
import { noKube } from './build-sensor.ts';
import { TestClock } from './clock.ts';
import { record } from './record.ts';

/** A Sensor "playground"/"sn" with this spec, read and compiled as a rule is. A dependency "dep" and a `log` trigger "show" stand in for what is left out. */
export function compiledSensor(spec: object, options: CheckOptions = {}): { compiled: CompiledSensor | undefined; findings: Finding[] } {
  const object = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'sn', namespace: 'playground' },
    spec: {
      dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'things' }],
      triggers: [{ template: { name: 'show', log: {} } }],
      ...spec,
    },
  };
  const { value, findings } = read(sensorKind.schema, object);
  if (!value) return { compiled: undefined, findings: [...findings] };
  const { compiled, findings: more } = compileSensor(value, options);
  return { compiled, findings: [...findings, ...more] };
}

/** "error spec.triggers.0.template: set exactly one of …", for comparing whole. */
export const findingTexts = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, path, message, hint }) => `${severity} ${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`);

export interface FiringOptions extends Partial<Omit<TriggerContext, 'firing'>> {
  readonly id?: string;
  readonly namespace?: string;
}

/** What the first trigger of a sensor would do for an event of "dep". Rejects when the rule is refused, with its first finding. */
export async function prepareFirst(
  spec: object,
  event: Event,
  { id = 'f1', namespace = 'playground', ...context }: FiringOptions = {},
): Promise<Action> {
  const { compiled, findings } = compiledSensor(spec);
  if (!compiled) throw new Error(findings.find((one) => one.severity === 'error')?.message);
  return prepareOf(compiled, event, { id, namespace, ...context });
}

/** The same for a sensor that is compiled once and used for several firings. */
export async function prepareOf(
  sensor: CompiledSensor,
  event: Event,
  { id = 'f1', namespace = sensor.namespace, ...context }: FiringOptions = {},
): Promise<Action> {
  const [trigger] = sensor.triggers;
  const firing: Firing = {
    id,
    sensor: sensor.name,
    namespace,
    trigger: trigger!.name,
    events: new Map([[trigger!.dependencies[0]!, event]]),
    orderKey: undefined,
  };
  const around = {
    attempt: 1,
    signal: new AbortController().signal,
    clock: new TestClock(),
    kube: noKube,
    tell: record().tell,
    clients: new Clients(),
  };
  return trigger!.prepare(firing, { ...around, ...context });
}
