import { z } from 'zod';
import type { Kind } from '../src/core/schema/kind.ts';
import { compileSensor } from './compile.ts';
import { dependencySpec } from './dependencies/spec.ts';
import { triggerSpec } from './triggers/spec.ts';

const noDependencies = 'no event dependencies found';
const noTriggers = 'no triggers found';

const metadata = z.looseObject({
  name: z.string().describe('The name of the sensor, unique in its namespace.'),
  namespace: z.string().default('default').describe('The namespace in which it runs, and acts unless a trigger names another.'),
  uid: z.string().optional(),
  generation: z.number().optional(),
  creationTimestamp: z.string().optional(),
});

const spec = z.strictObject({
  eventBusName: z.string().optional().describe('The EventBus that the events come from; `default` when left out.'),
  dependencies: z.array(dependencySpec, noDependencies).min(1, noDependencies).describe('The events that it waits for.'),
  triggers: z.array(triggerSpec, noTriggers).min(1, noTriggers).describe('What happens when they have come.'),
  template: z.record(z.string(), z.unknown()).optional().describe('The pod that Argo’s controller runs the sensor in; not used here.'),
  replicas: z.int().optional().describe('How many processes run it; one works, the others stand by.'),
  revisionHistoryLimit: z.int().optional().describe('For the Deployment that Argo’s controller makes; not used here.'),
  loggingFields: z.record(z.string(), z.string()).optional().describe('Without effect, as in Argo.'),
  errorOnFailedRound: z.boolean().optional().describe('Without effect, as in Argo.'),
});

const sensorSchema = z.strictObject({
  apiVersion: z.literal('argoproj.io/v1alpha1'),
  kind: z.literal('Sensor'),
  metadata,
  spec: spec.describe('What it waits for and what it does then.'),
  status: z.unknown().optional(),
});

export type Sensor = z.output<typeof sensorSchema>;

/** The Sensor of Argo Events, with every kind of trigger of the registry. */
export const sensorKind: Kind<typeof sensorSchema> = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Sensor',
  plural: 'sensors',
  shortNames: ['sn'],
  summary: 'Waits for events, filters and transforms them, and runs triggers.',
  schema: sensorSchema,
  check: (sensor) => compileSensor(sensor).findings,
};
