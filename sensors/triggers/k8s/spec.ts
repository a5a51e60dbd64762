import { z } from 'zod';
import { parameterSpec } from '../parameters/spec.ts';

const operations = ['create', 'update', 'patch', 'delete', 'apply'] as const;

export type Operation = (typeof operations)[number];

export const patchStrategies = [
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/json-patch+json',
  'application/apply-patch+yaml',
] as const;

const freeForm = () => z.record(z.string(), z.unknown());

/** Where the object comes from; if several are given, the first in this order counts. */
const artifactSpec = z
  .strictObject({
    s3: freeForm().optional().describe('An object in a bucket. Not built yet.'),
    inline: z.string().optional().describe('The object as YAML or JSON text.'),
    file: z
      .strictObject({ path: z.string().describe('The path of the file.') })
      .optional()
      .describe('A file of the process that runs the sensor, read for each firing.'),
    url: z
      .strictObject({
        path: z.string().describe('The http or https URL.'),
        verifyCert: z.boolean().optional().describe('False takes any certificate. True when left out, other than in Argo.'),
      })
      .optional()
      .describe('A web page of 1 MiB at the most, read for each firing.'),
    git: freeForm().optional().describe('A file in a git repository. Not built yet.'),
    configmap: z
      .strictObject({
        name: z.string().describe('The name of the ConfigMap, in the sensor’s namespace.'),
        key: z.string().describe('The key whose text is the object.'),
        optional: z.boolean().optional().describe('Not used.'),
      })
      .optional()
      .describe('A key of a ConfigMap, read for each firing.'),
    resource: freeForm().optional().describe('The object itself, written here.'),
  })
  .describe('The object that the trigger acts on.');

export type ArtifactSpec = z.output<typeof artifactSpec>;

export const k8sSpec = z.strictObject({
  source: artifactSpec.optional(),
  operation: z
    .enum([...operations, ''], { error: (issue) => `unknown operation type ${String(issue.input)}` })
    .optional()
    .describe(
      'What to do: `create` (the default), `update`, `patch`, `delete`, or `apply` (server-side apply, an extension of Sensorium).',
    ),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in the object.'),
  patchStrategy: z
    .enum([...patchStrategies, ''])
    .optional()
    .describe(
      'The kind of patch; `application/merge-patch+json` when left out. A JSON patch is a list under `patch`, beside the metadata of its target.',
    ),
  liveObject: z.boolean().optional().describe('Lets the parameters edit the object as it is on the API server; only with `update`.'),
});

export type K8sSpec = z.output<typeof k8sSpec>;
