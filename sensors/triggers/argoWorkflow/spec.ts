import { z } from 'zod';
import { artifactSpec } from '../artifacts/index.ts';
import { parameterSpec } from '../parameters/spec.ts';

const operations = ['submit', 'submit-from', 'resubmit', 'resume', 'retry', 'suspend', 'terminate', 'stop'] as const;

export type Operation = (typeof operations)[number];

export const argoWorkflowSpec = z.strictObject({
  source: artifactSpec
    .optional()
    .describe(
      'The Workflow to submit; for `submit-from` the WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow, for the other operations the Workflow that they are about, by its name.',
    ),
  operation: z
    .enum(operations, { error: (issue) => `unknown operation type ${String(issue.input ?? '')}` })
    .describe('What to do. `retry` needs the program `argo`, which is named by `--argo`.'),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in the object.'),
  args: z
    .array(z.string())
    .optional()
    .describe(
      'Flags of the program `argo`, such as `-p`, `name=value`, each in an item of its own. Without the program these are understood: `-n`; with `submit`, `submit-from` and `resubmit` also `--parameter`; with the first two also `--name`, `--generate-name`, `--labels`, `--entrypoint`, `--serviceaccount` and `--priority`.',
    ),
});

export type ArgoWorkflowSpec = z.output<typeof argoWorkflowSpec>;
