/**
 * Submits Argo Workflows, and suspends, resumes and ends them: by the API server, where a Workflow is an object as others are, or by the
 * program `argo` where one is named.
 *
 * By the API server a firing that comes twice submits once: the Workflow's name is made of the firing's id.
 */
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { loadArtifact } from '../artifacts/index.ts';
import { defineTrigger, type TriggerContext } from '../trigger.ts';
import { check } from './check.ts';
import { act } from './operations.ts';
import { compile, type Ready, render } from './render.ts';
import { describe, type Rendered, show } from './rendered.ts';
import { argoWorkflowSpec } from './spec.ts';

/** Flags with which the program runs as long as the Workflow does. */
const waiting = ['--wait', '-w', '--watch', '--log'];

const day = 24 * 3_600_000;

export const argoWorkflow = defineTrigger<'argoWorkflow', typeof argoWorkflowSpec, Ready, Rendered>({
  type: 'argoWorkflow',
  summary: 'Submits an Argo Workflow, or suspends, resumes, retries or ends one.',
  stability: 'beta',
  spec: argoWorkflowSpec,
  examples: [
    {
      title: 'Run a WorkflowTemplate for each event',
      spec: {
        operation: 'submit-from',
        source: { resource: { apiVersion: 'argoproj.io/v1alpha1', kind: 'WorkflowTemplate', metadata: { name: 'build' } } },
        args: ['-p', 'branch=main'],
      },
    },
    {
      title: 'Stop the Workflow that an event names',
      spec: {
        operation: 'stop',
        source: { resource: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: '' } } },
        parameters: [{ src: { dependencyName: 'closed', dataKey: 'body.workflow' }, dest: 'metadata.name' }],
      },
    },
  ],
  obeys: 'k8s',
  limit: ({ args = [] }) => (args.some((item) => waiting.includes(item)) ? day : undefined),
  check,
  compile,
  load,
  render,
  renderPieces: render.pieces,
  describe,
  show,
  fire: act,
});

async function load(ready: Ready, context: TriggerContext): Promise<Json | undefined> {
  return isObject(ready.written) ? undefined : loadArtifact(ready.source, context);
}
