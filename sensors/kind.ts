import { z } from 'zod';
import { type Kind, ruleObject } from '../src/core/schema/kind.ts';
import { advice } from './advice/index.ts';
import { compileSensor } from './compile.ts';
import { dependencySpec } from './dependencies/spec.ts';
import { triggerSpec } from './triggers/spec.ts';

const noDependencies = 'no event dependencies found';
const noTriggers = 'no triggers found';

const spec = z.strictObject({
  eventBusName: z.string().optional().describe('The EventBus that the events come from; `default` when left out.'),
  dependencies: z.array(dependencySpec, noDependencies).min(1, noDependencies).describe('The events that it waits for.'),
  triggers: z.array(triggerSpec, noTriggers).min(1, noTriggers).describe('What happens when they have come.'),
  shared: z
    .boolean()
    .optional()
    .describe(
      'True: every process takes events, and their order is given up. For triggers that wait for one event each, without a rate limit. An extension of Sensorium.',
    ),
  template: z.record(z.string(), z.unknown()).optional().describe('The pod that Argo’s controller runs the sensor in; not used here.'),
  replicas: z.int().optional().describe('How many processes run it; one works, the others stand by, unless it is `shared`.'),
  revisionHistoryLimit: z.int().optional().describe('For the Deployment that Argo’s controller makes; not used here.'),
  loggingFields: z.record(z.string(), z.string()).optional().describe('Without effect, as in Argo.'),
  errorOnFailedRound: z.boolean().optional().describe('Without effect, as in Argo.'),
});

const sensorSchema = ruleObject('Sensor', spec.describe('What it waits for and what it does then.'));

export type Sensor = z.output<typeof sensorSchema>;

/** The Sensor of Argo Events, with every kind of trigger of the registry. */
export const sensorKind: Kind<typeof sensorSchema> = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Sensor',
  plural: 'sensors',
  shortNames: ['sn'],
  summary: 'Waits for events, filters and transforms them, and runs triggers.',
  about:
    'Each dependency names an event of an EventSource, may rewrite its payload (`transform`) and let only some pass (`filters`). ' +
    'When the events that a trigger waits for have come, it fires: values from the events are set in its template (`parameters`), ' +
    'and then it acts, for example on a Kubernetes object (`k8s`) or by writing to the log (`log`).',
  schema: sensorSchema,
  check: (sensor, options) => [...compileSensor(sensor, options).findings, ...advice(sensor)],
};
