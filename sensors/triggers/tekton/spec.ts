import { z } from 'zod';
import { artifactSpec } from '../artifacts/index.ts';
import { parameterSourceSpec, parameterSpec } from '../parameters/spec.ts';

const paramSpec = z.strictObject({
  name: z.string('a param must have a name').min(1, 'a param must have a name').describe('The name that the Pipeline or Task declares.'),
  value: z
    .unknown()
    .optional()
    .describe('The value: a text, a list of texts, or a map of texts. Anything else is handed on as its JSON text, as Tekton has it.'),
  src: parameterSourceSpec
    .optional()
    .describe('Where the value comes from, instead of `value`. With `useRawData` a list of texts stays a list, and a map of texts a map.'),
});

export type ParamSpec = z.output<typeof paramSpec>;

export const tektonSpec = z.strictObject({
  pipeline: z.string().optional().describe('The Pipeline to run, by its name.'),
  task: z.string().optional().describe('The Task to run, by its name.'),
  source: artifactSpec.optional().describe('The whole PipelineRun or TaskRun, instead of `pipeline` or `task`.'),
  params: z
    .array(paramSpec)
    .optional()
    .describe('The params of the run. What comes from events is taken as it is: a `$(` in it does not name a variable of Tekton.'),
  workspaces: z
    .array(z.record(z.string(), z.unknown()))
    .optional()
    .describe(
      'The workspaces of the run, as Tekton has them: each has a `name` and one of `emptyDir`, `persistentVolumeClaim`, and so on.',
    ),
  serviceAccountName: z.string().optional().describe('The ServiceAccount that the run uses.'),
  namespace: z.string().optional().describe('Where the run is made; the sensor’s namespace when left out.'),
  timeout: z
    .string()
    .optional()
    .describe('How long the run may take, such as `30m`; Tekton’s own limit, which is an hour as a rule, when left out; `0` for no limit.'),
  wait: z
    .boolean()
    .optional()
    .describe(
      'True: done when the run has succeeded, and failed when it has not; the results of the run are then part of the outcome. False when left out: done when the run is there.',
    ),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in the run after its params.'),
});

export type TektonSpec = z.output<typeof tektonSpec>;
