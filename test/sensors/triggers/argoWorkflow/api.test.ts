import { beforeEach, expect, test } from 'vitest';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { type FiringOptions, prepareFirst } from '../../../support/compile-sensor.ts';
import { type MemoryKube, memoryKube } from '../../../support/memory-kube.ts';

let kube: MemoryKube;
beforeEach(() => {
  kube = memoryKube();
});

const apiVersion = 'argoproj.io/v1alpha1';
const workflow = (metadata: object, rest: object = {}) => ({ apiVersion, kind: 'Workflow', metadata, ...rest });

/** Fires, and answers with what was said. */
async function fire(block: object, { policy, ...options }: FiringOptions & { policy?: object } = {}): Promise<string> {
  const spec = { triggers: [{ template: { name: 'act', argoWorkflow: block }, ...(policy ? { policy } : {}) }] };
  const action = await prepareFirst(spec, buildEvent('1', { data: { word: 'hello', name: 'old' } }), { kube, ...options });
  return (await action.fire()).summary;
}

const submit = (resource: object, more: object = {}) => fire({ operation: 'submit', source: { resource }, ...more });
const act = (operation: string, name = 'old') => fire({ operation, source: { resource: workflow({ name }) } });
const put = (name: string, rest: object = {}, kind = 'Workflow') =>
  kube.put({ ...workflow({ name, namespace: 'playground' }, rest), kind } as KubeObject);
const stored = (name: string): KubeObject => kube.objects.get(`/apis/${apiVersion}/namespaces/playground/workflows/${name}`)!;
const firstMade = (): KubeObject => kube.sent.find(({ body }) => body)!.body as KubeObject;

test('a submitted Workflow bears Argo’s labels, and what the parameters put into it', async () => {
  const spec = { entrypoint: 'main', arguments: { parameters: [{ name: 'word', value: '' }] } };

  const said = await submit(workflow({ name: 'a' }, { spec }), {
    parameters: [{ src: { dependencyName: 'dep', dataKey: 'word' }, dest: 'spec.arguments.parameters.0.value' }],
  });

  expect(said).toBe('submitted Workflow playground/a');
  expect(stored('a')).toMatchObject({
    metadata: {
      labels: {
        'events.argoproj.io/sensor': 'sn',
        'events.argoproj.io/trigger': 'act',
        'events.argoproj.io/action-timestamp': expect.stringMatching(/^\d+$/),
      },
    },
    spec: { arguments: { parameters: [{ name: 'word', value: 'hello' }] } },
  });
});

test('the flags say what is submitted: those that are given come first, the others stay', async () => {
  const parameters = [
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ];
  const args = ['-p', 'b=x=y', '--parameter=c=', '--generate-name', 'g-', '-l', 'team=web,tier=1', '--entrypoint=e'];
  const more = ['--serviceaccount', 'sa', '--priority', '-5', '-nelsewhere'];

  await submit(workflow({ generateName: 'w-', labels: { kept: 'yes', team: 'old' } }, { spec: { arguments: { parameters } } }), {
    args: [...args, ...more],
  });

  const { metadata, spec } = firstMade();
  expect(metadata).toMatchObject({ namespace: 'elsewhere', generateName: 'g-', labels: { kept: 'yes', team: 'web', tier: '1' } });
  expect(metadata.name).toMatch(/^g-[0-9a-f]{10}$/);
  expect(spec).toEqual({
    entrypoint: 'e',
    serviceAccountName: 'sa',
    priority: -5,
    arguments: {
      parameters: [
        { name: 'b', value: 'x=y' },
        { name: 'c', value: '' },
        { name: 'a', value: '1' },
      ],
    },
  });
});

test('a template is run by its name, one of the whole cluster too', async () => {
  const from = (kind: string) =>
    fire({ operation: 'submit-from', source: { resource: { kind, metadata: { name: 'build' } } } }, { id: kind });

  expect(await from('WorkflowTemplate')).toMatch(/^submitted Workflow playground\/build-[0-9a-f]{10}$/);
  expect(await from('ClusterWorkflowTemplate')).toMatch(/^submitted Workflow playground\/build-[0-9a-f]{10}$/);

  const [one, other] = [...kube.objects.values()];
  expect(one!['spec']).toEqual({ workflowTemplateRef: { name: 'build' } });
  expect(one!.metadata.labels).toMatchObject({ 'workflows.argoproj.io/workflow-template': 'build' });
  expect(other!['spec']).toEqual({ workflowTemplateRef: { name: 'build', clusterScope: true } });
  expect(other!.metadata.labels).toMatchObject({ 'workflows.argoproj.io/cluster-workflow-template': 'build' });
});

test('a CronWorkflow is run before its time, and owns what is made of it', async () => {
  kube.put({
    apiVersion,
    kind: 'CronWorkflow',
    metadata: { name: 'nightly', namespace: 'playground', uid: 'u1' },
    spec: { schedule: '0 0 * * *', workflowMetadata: { labels: { of: 'night' } }, workflowSpec: { entrypoint: 'main' } },
  } as unknown as KubeObject);

  const said = await fire({ operation: 'submit-from', source: { resource: { kind: 'CronWorkflow', metadata: { name: 'nightly' } } } });

  expect(said).toMatch(/^submitted Workflow playground\/nightly-[0-9a-f]{10} from CronWorkflow playground\/nightly$/);
  expect(firstMade()).toMatchObject({
    kind: 'Workflow',
    metadata: {
      labels: { of: 'night', 'workflows.argoproj.io/cron-workflow': 'nightly' },
      ownerReferences: [{ kind: 'CronWorkflow', name: 'nightly', uid: 'u1', controller: true, blockOwnerDeletion: true }],
    },
    spec: { entrypoint: 'main' },
  });
});

test('a Workflow runs again as a new one, without what its run left in it', async () => {
  const labels = { team: 'web', 'workflows.argoproj.io/phase': 'Failed', 'workflows.argoproj.io/completed': 'true' };
  put('old', { spec: { entrypoint: 'main', shutdown: 'Stop', activeDeadlineSeconds: 0 }, status: { phase: 'Failed' } });
  kube.put({ ...stored('old'), metadata: { ...stored('old').metadata, labels } });

  await fire({ operation: 'resubmit', source: { resource: workflow({ name: 'old' }) }, args: ['-p', 'a=b'] });

  const made = firstMade();
  expect(made.metadata.name).toMatch(/^old-[0-9a-f]{10}$/);
  expect(made.metadata.labels).toMatchObject({ team: 'web', 'workflows.argoproj.io/resubmitted-from-workflow': 'old' });
  expect(Object.keys(made.metadata.labels!)).not.toContain('workflows.argoproj.io/completed');
  expect(made).toMatchObject({ spec: { entrypoint: 'main', arguments: { parameters: [{ name: 'a', value: 'b' }] } } });
  expect(made['spec']).not.toHaveProperty('shutdown');
  expect(made['spec']).not.toHaveProperty('activeDeadlineSeconds');
  expect(made).not.toHaveProperty('status');
});

test('a running Workflow is suspended, stopped and terminated by its spec', async () => {
  put('old', { spec: {}, status: { phase: 'Running' } });

  expect(await act('suspend')).toBe('suspended Workflow playground/old');
  expect(stored('old')['spec']).toEqual({ suspend: true });
  expect(await act('stop')).toBe('stopped Workflow playground/old');
  expect(stored('old')['spec']).toEqual({ suspend: true, shutdown: 'Stop' });
  expect(await act('terminate')).toBe('terminated Workflow playground/old');
  expect(stored('old')['spec']).toEqual({ suspend: true, shutdown: 'Terminate' });
});

test.each(['suspend', 'stop', 'terminate', 'resume'])('to %s what has ended is nothing to do', async (operation) => {
  put('old', { spec: {}, status: { phase: 'Succeeded' } });

  expect(await act(operation)).toBe(`nothing to ${operation}: Workflow playground/old has ended`);
  expect(stored('old')['spec']).toEqual({});
});

test('resuming lets the Workflow and its waiting steps go on, with the defaults of what nobody supplied', async () => {
  const supplied = { name: 'ok', valueFrom: { supplied: {}, default: 'yes' } };
  const nodes = {
    a: { type: 'Suspend', phase: 'Running', outputs: { parameters: [supplied, { name: 'other', value: '1' }] } },
    b: { type: 'Pod', phase: 'Running' },
    c: { type: 'Suspend', phase: 'Succeeded' },
  };
  put('old', { spec: { suspend: true, entrypoint: 'main' }, status: { phase: 'Running', nodes } });

  expect(await act('resume')).toBe('resumed Workflow playground/old');
  expect(stored('old')['spec']).toEqual({ entrypoint: 'main' });
  expect(stored('old')['status']).toEqual({
    phase: 'Running',
    nodes: {
      ...nodes,
      a: {
        type: 'Suspend',
        phase: 'Succeeded',
        finishedAt: '2026-07-18T12:00:00.000Z',
        outputs: {
          parameters: [
            { name: 'ok', value: 'yes' },
            { name: 'other', value: '1' },
          ],
        },
      },
    },
  });
  expect(await act('resume')).toBe('nothing to resume: Workflow playground/old is not suspended');
});

test('what only the program could resume is said', async () => {
  put('large', { spec: { suspend: true }, status: { phase: 'Running', compressedNodes: 'H4sI' } });
  const outputs = { parameters: [{ name: 'ok', valueFrom: { supplied: {} } }] };
  put('asking', { spec: {}, status: { phase: 'Running', nodes: { a: { type: 'Suspend', phase: 'Running', outputs } } } });

  await expect(act('resume', 'large')).rejects.toThrow(
    'resume Workflow playground/large: it is so large that its nodes are kept elsewhere',
  );
  await expect(act('resume', 'asking')).rejects.toThrow(
    'resume Workflow playground/asking: the parameter ok has not been supplied and has no default',
  );
});

test('what is no Workflow, or has no name, is never sent', async () => {
  const template = { apiVersion, kind: 'WorkflowTemplate', metadata: { name: 'w' } };

  await expect(submit(template)).rejects.toThrow('submit takes a Workflow, and the source is a WorkflowTemplate');
  await expect(submit(workflow({}))).rejects.toThrow('failed to trigger the workflow, neither name nor generateName is given');
  await expect(fire({ operation: 'submit-from', source: { resource: workflow({ name: 'w' }) } })).rejects.toThrow('invalid kind Workflow');
  await expect(act('retry')).rejects.toThrow('retry needs the program `argo`');
  expect(kube.calls).toEqual([]);
});

test('a Workflow of the same name that somebody else made is an error', async () => {
  put('a');

  await expect(submit(workflow({ name: 'a' }))).rejects.toThrow('create Workflow playground/a: already exists');
});

test('policy.k8s waits for the labels of the Workflow that was made', async () => {
  const policy = { k8s: { labels: { 'events.argoproj.io/sensor': 'sn' }, errorOnBackoffTimeout: true } };

  expect(await fire({ operation: 'submit', source: { resource: workflow({ name: 'a' }) } }, { policy })).toBe(
    'submitted Workflow playground/a; it has the labels of the policy',
  );
});
