import { z } from 'zod';
import { artifactSpec } from '../artifacts/index.ts';
import { parameterSpec } from '../parameters/spec.ts';

const operations = ['create', 'update', 'patch', 'delete', 'apply'] as const;

export type Operation = (typeof operations)[number];

export const patchStrategies = [
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/json-patch+json',
  'application/apply-patch+yaml',
] as const;

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
