/**
 * Starts a PipelineRun or TaskRun of Tekton for each firing, and waits for its end where that is asked for. A firing that comes twice starts
 * one run: its name is made of the firing's id. A run that failed is a failure of the firing, and is never started again.
 */
import { loadArtifact, writtenArtifact } from '../artifacts/index.ts';
import { defineTrigger } from '../trigger.ts';
import { check } from './check.ts';
import { compile, describe, type Ready, type Rendered, render, waitFor } from './render.ts';
import { timeoutOf } from './run-object.ts';
import { type TektonSpec, tektonSpec } from './spec.ts';
import { start } from './start.ts';

export const tekton = defineTrigger<'tekton', typeof tektonSpec, Ready, Rendered>({
  type: 'tekton',
  summary: 'Starts a PipelineRun or TaskRun of Tekton, and waits for it if asked. An extension of Sensorium.',
  stability: 'beta',
  spec: tektonSpec,
  examples: [
    {
      title: 'Run a Pipeline for each push',
      spec: {
        pipeline: 'build',
        params: [
          { name: 'revision', src: { dependencyName: 'push', dataKey: 'body.after' } },
          { name: 'platforms', value: ['linux/amd64', 'linux/arm64'] },
        ],
        workspaces: [{ name: 'source', emptyDir: {} }],
        timeout: '30m',
        wait: true,
      },
    },
    {
      title: 'Start a TaskRun that is written whole',
      spec: {
        source: {
          resource: {
            apiVersion: 'tekton.dev/v1',
            kind: 'TaskRun',
            metadata: { generateName: 'clean-' },
            spec: { taskRef: { name: 'clean' } },
          },
        },
      },
    },
  ],
  limit,
  check,
  compile,
  load: async ({ run, spec: { source = {} } }, context) => (run ? undefined : loadArtifact(source, context)),
  render,
  renderPieces: render.pieces,
  describe,
  show: ({ run, waitFor: wait }) => ({ object: run, wait: wait !== undefined }),
  fire: start,
});

/** A minute is for making the run. */
function limit({ wait, timeout, source }: TektonSpec): number | undefined {
  return wait ? waitFor(timeout ?? timeoutOf(source && writtenArtifact(source))) + 60_000 : undefined;
}
