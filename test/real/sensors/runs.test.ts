import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { objectPath } from '../../../src/core/kube/resource-path.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { type FiringOptions, prepareFirst } from '../../support/compile-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe.runIf(haveApiServer())('Workflows and runs of Tekton on a real kube-apiserver', () => {
  const namespace = uniqueName('runs');
  const argo = 'argoproj.io/v1alpha1';
  let kube: Kube;

  beforeAll(async () => {
    const at = await sharedApiServer();
    kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    await kube.create(await kube.kind('v1', 'Namespace'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const definitions = await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    const wanted = [...crdsOf('submit-workflow/crds.yaml'), ...crdsOf('crds/tekton.yaml')];
    const cron = like(wanted[0]!, 'CronWorkflow', 'cronworkflows');
    for (const crd of [...wanted, cron]) await kube.apply(definitions, crd, { fieldManager: 'test', force: true });
    for (const kind of ['Workflow', 'WorkflowTemplate', 'CronWorkflow']) await served(argo, kind);
    for (const kind of ['PipelineRun', 'TaskRun']) await served('tekton.dev/v1', kind);
  }, 60_000);
  afterAll(() => kube?.[Symbol.asyncDispose]());

  /** The definitions that examples bring, so that those too are tried. */
  const crdsOf = (file: string): KubeObject[] =>
    parseDocuments(readFileSync(join(root, 'examples', file), 'utf8')).map(({ value }) => value as KubeObject);
  const like = (crd: KubeObject, kind: string, plural: string): KubeObject => {
    const spec = { ...(crd['spec'] as object), names: { kind, plural } };
    return { ...crd, metadata: { name: `${plural}.argoproj.io` }, spec } as unknown as KubeObject;
  };
  const served = (apiVersion: string, kind: string) =>
    eventually(async () => kube.list(await kube.kind(apiVersion, kind), { namespace }), 20_000);

  async function fire(type: string, block: object, options: FiringOptions & { policy?: object } = {}) {
    const { policy, ...rest } = options;
    const spec = { triggers: [{ template: { name: 'act', [type]: block }, ...(policy ? { policy } : {}) }] };
    const action = await prepareFirst(spec, buildEvent('1', { data: { files: ['a', 'b'] } }), {
      kube,
      namespace,
      clock: systemClock,
      ...rest,
    });
    return action.fire();
  }
  const named = (kind: string, name: string, rest: object = {}) =>
    ({ apiVersion: argo, kind, metadata: { name, namespace }, ...rest }) as unknown as KubeObject;
  const make = async (object: KubeObject) => kube.create(await kube.kind(object.apiVersion, object.kind), object);
  const stored = async (apiVersion: string, kind: string, name: string) => kube.get(await kube.kind(apiVersion, kind), { name, namespace });
  /** Tekton's runs have a status that is written by itself, Workflows have not. */
  const become = async (object: KubeObject, status: object) => {
    const type = await kube.kind(object.apiVersion, object.kind);
    const path = `${objectPath(type, object.metadata)}${type.group === 'tekton.dev' ? '/status' : ''}`;
    await kube.raw('PUT', path, { ...(await kube.get(type, object.metadata)), status });
  };

  test('a firing that comes twice submits one Workflow, with Argo’s labels', async () => {
    const resource = { apiVersion: argo, kind: 'Workflow', metadata: { generateName: 'once-', labels: { of: 'once' } }, spec: {} };
    const block = { operation: 'submit', source: { resource }, args: ['-p', 'a=b'] };

    const first = await fire('argoWorkflow', block);
    const again = await fire('argoWorkflow', block, { attempt: 2 });

    expect(again.summary).toBe(`${first.summary} before`);
    const { items } = await kube.list(await kube.kind(argo, 'Workflow'), { namespace, labelSelector: 'of=once' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      metadata: { labels: { 'events.argoproj.io/sensor': 'sn', 'events.argoproj.io/trigger': 'act' } },
      spec: { arguments: { parameters: [{ name: 'a', value: 'b' }] } },
    });
  });

  test('a CronWorkflow owns what is submitted from it, as the API server sees it', async () => {
    const cron = await make(named('CronWorkflow', 'nightly', { spec: { workflowSpec: { entrypoint: 'main' } } }));

    const { detail } = await fire('argoWorkflow', { operation: 'submit-from', source: { resource: named('CronWorkflow', 'nightly') } });

    const { workflow } = detail as { workflow: string };
    const made = await stored(argo, 'Workflow', workflow);
    expect(made.metadata['ownerReferences']).toMatchObject([{ kind: 'CronWorkflow', uid: cron.metadata.uid, controller: true }]);
    expect(made['spec']).toEqual({ entrypoint: 'main' });
  });

  test('a Workflow is suspended, resumed with its waiting step, stopped, and run again', async () => {
    const workflow = await make(named('Workflow', 'long', { spec: { entrypoint: 'main' } }));
    await become(workflow, { phase: 'Running', nodes: { a: { type: 'Suspend', phase: 'Running' } } });
    const act = async (operation: string) =>
      (await fire('argoWorkflow', { operation, source: { resource: named('Workflow', 'long') } })).summary;

    expect(await act('suspend')).toBe(`suspended Workflow ${namespace}/long`);
    expect((await stored(argo, 'Workflow', 'long'))['spec']).toEqual({ entrypoint: 'main', suspend: true });
    expect(await act('resume')).toBe(`resumed Workflow ${namespace}/long`);
    expect(await stored(argo, 'Workflow', 'long')).toMatchObject({
      spec: { entrypoint: 'main' },
      status: { nodes: { a: { phase: 'Succeeded' } } },
    });
    expect(await act('stop')).toBe(`stopped Workflow ${namespace}/long`);
    expect((await stored(argo, 'Workflow', 'long'))['spec']).toEqual({ entrypoint: 'main', shutdown: 'Stop' });
    expect(await act('resubmit')).toMatch(
      new RegExp(`^submitted Workflow ${namespace}/long-[0-9a-f]{10} from Workflow ${namespace}/long$`),
    );
  });

  test('policy.k8s waits for what the workflow controller labels', async () => {
    const policy = {
      k8s: {
        labels: { 'workflows.argoproj.io/completed': 'true' },
        backoff: { duration: '50ms', steps: 100 },
        errorOnBackoffTimeout: true,
      },
    };
    const fired = fire('argoWorkflow', { operation: 'submit', source: { resource: named('Workflow', 'labelled') } }, { policy });
    await expect
      .poll(() =>
        stored(argo, 'Workflow', 'labelled').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);

    const labels = { 'workflows.argoproj.io/completed': 'true' };
    await kube.patch(
      await kube.kind(argo, 'Workflow'),
      { name: 'labelled', namespace },
      { metadata: { labels } },
      'application/merge-patch+json',
    );

    expect((await fired).summary).toBe(`submitted Workflow ${namespace}/labelled; it has the labels of the policy`);
  });

  test('a PipelineRun is started once, waited for, and its results are handed on', async () => {
    const block = {
      pipeline: 'build',
      params: [{ name: 'files', src: { dependencyName: 'dep', dataKey: 'files', useRawData: true } }],
      wait: true,
    };
    const first = fire('tekton', block);
    const second = fire('tekton', block, { attempt: 2 });
    const runs = async () => (await kube.list(await kube.kind('tekton.dev/v1', 'PipelineRun'), { namespace })).items;
    await expect.poll(async () => (await runs()).length).toBe(1);
    const [run] = await runs();
    expect(run!['spec']).toEqual({ pipelineRef: { name: 'build' }, params: [{ name: 'files', value: ['a', 'b'] }] });

    await become(run!, {
      conditions: [{ type: 'Succeeded', status: 'True', reason: 'Succeeded' }],
      completionTime: '2026-01-01T00:00:00Z',
      results: [{ name: 'image', value: 'web' }],
    });

    expect((await first).detail).toMatchObject({ run: run!.metadata.name, results: { image: 'web' } });
    expect((await second).detail).toMatchObject({ run: run!.metadata.name, results: { image: 'web' } });
    expect(await runs()).toHaveLength(1);
  });

  test('a TaskRun that fails is a failure with Tekton’s reason', async () => {
    const source = {
      resource: { apiVersion: 'tekton.dev/v1', kind: 'TaskRun', metadata: { name: 'clean' }, spec: { taskRef: { name: 'clean' } } },
    };
    const fired = fire('tekton', { source, wait: true }).catch((thrown) => thrown);
    await expect
      .poll(() =>
        stored('tekton.dev/v1', 'TaskRun', 'clean').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);

    await become(await stored('tekton.dev/v1', 'TaskRun', 'clean'), {
      conditions: [{ type: 'Succeeded', status: 'False', reason: 'StepOOM', message: 'step build was killed' }],
      completionTime: '2026-01-01T00:00:00Z',
    });

    expect((await fired).message).toBe(`TaskRun ${namespace}/clean has failed (StepOOM: step build was killed)`);
  });
});
