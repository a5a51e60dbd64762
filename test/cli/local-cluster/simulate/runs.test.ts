import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulated, startSimulated } from './simulated.ts';

let world: Simulated;
beforeAll(async () => {
  world = await startSimulated();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const run = (kind: string, name: string, spec: object = {}, annotations: Record<string, string> = {}, apiVersion = 'tekton.dev/v1') => ({
  apiVersion,
  kind,
  metadata: { name, annotations },
  spec: { pipelineRef: { name: 'build' }, ...spec },
});
interface Status {
  readonly startTime: string;
  readonly completionTime?: string;
  readonly conditions: readonly { readonly status: string; readonly reason: string }[];
}
const status = async (kind: string, name: string) => (await world.get(kind, name))['status'] as Status | undefined;
const ended = (kind: string, name: string, step?: number) =>
  world.turnUntil(async () => {
    const found = await status(kind, name);
    return found?.completionTime === undefined ? undefined : found;
  }, step);
const patch = async (kind: string, name: string, change: object) =>
  world.kube.patch(await world.kube.kind('tekton.dev/v1', kind), { namespace: 'default', name }, change, 'application/merge-patch+json');

test.each([
  ['PipelineRun', 'tekton.dev/v1'],
  ['PipelineRun', 'tekton.dev/v1beta1'],
  ['TaskRun', 'tekton.dev/v1'],
])('a %s of %s starts, goes on and succeeds', async (kind, apiVersion) => {
  const name = `good-${kind}-${apiVersion}`.toLowerCase().replaceAll('/', '-');
  await world.create(run(kind, name, {}, {}, apiVersion));

  const { conditions, startTime, completionTime } = await ended(kind, name);

  expect(conditions).toMatchObject([{ type: 'Succeeded', status: 'True', reason: 'Succeeded' }]);
  expect(Date.parse(completionTime!) - Date.parse(startTime)).toBeGreaterThanOrEqual(2_000);
  await world.turnUntil(async () => (await world.notes(name)).length === 3);
  expect((await world.notes(name)).map((one) => one.split(':')[0])).toEqual(['Started', 'Running', 'Succeeded']);
});

test('annotations make it fail, and say when', async () => {
  await world.create(run('PipelineRun', 'bad', {}, { 'sensorium.dev/simulate': 'fail', 'sensorium.dev/simulate-for': '90s' }));

  const { conditions, startTime, completionTime } = await ended('PipelineRun', 'bad', 10_000);

  expect(conditions).toMatchObject([{ status: 'False', reason: 'Failed' }]);
  expect(Date.parse(completionTime!) - Date.parse(startTime)).toBeGreaterThanOrEqual(90_000);
});

test('one that runs on ends when its time is up, or when somebody cancels it', async () => {
  const forever = { 'sensorium.dev/simulate': 'run' };
  await world.create(run('PipelineRun', 'slow', { timeouts: { pipeline: '1m' } }, forever));
  await world.create(run('TaskRun', 'stopped', { timeout: '0' }, forever));
  await world.turnUntil(async () => (await status('TaskRun', 'stopped'))?.conditions[0]?.reason === 'Running');

  expect((await ended('PipelineRun', 'slow')).conditions).toMatchObject([{ status: 'False', reason: 'PipelineRunTimeout' }]);
  expect((await status('TaskRun', 'stopped'))?.completionTime).toBeUndefined();

  await patch('TaskRun', 'stopped', { spec: { status: 'TaskRunCancelled' } });
  expect((await ended('TaskRun', 'stopped')).conditions).toMatchObject([{ status: 'False', reason: 'TaskRunCancelled' }]);
});

test('one that is held begins when it is let go', async () => {
  await world.create(run('PipelineRun', 'held', { status: 'PipelineRunPending' }));
  await world.turnUntil(async () => (await status('PipelineRun', 'held'))?.conditions[0]?.reason === 'PipelineRunPending');
  await patch('PipelineRun', 'held', { spec: { status: null } });

  expect((await ended('PipelineRun', 'held')).conditions).toMatchObject([{ status: 'True' }]);
});

test('what somebody else has ended stays as it is', async () => {
  await world.create(run('PipelineRun', 'by-hand', {}, { 'sensorium.dev/simulate-for': '10m' }));
  await world.turnUntil(async () => (await status('PipelineRun', 'by-hand'))?.conditions[0]?.reason === 'Running');
  const found = await world.get('PipelineRun', 'by-hand');
  const mine = { completionTime: '2026-07-18T13:00:00Z', conditions: [{ type: 'Succeeded', status: 'False', reason: 'ByHand' }] };
  await world.kube.raw('PUT', '/apis/tekton.dev/v1/namespaces/default/pipelineruns/by-hand/status', { ...found, status: mine });
  await world.create(run('PipelineRun', 'after', {}, { 'sensorium.dev/simulate-for': '20m' }));

  await ended('PipelineRun', 'after', 60_000);

  expect(await status('PipelineRun', 'by-hand')).toMatchObject(mine);
});

test('one whose definition leaves its status a part of it is played too', async () => {
  const definitions = await world.kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  const found = await world.kube.get(definitions, { name: 'taskruns.tekton.dev' });
  const { versions, ...spec } = found['spec'] as { versions: { subresources?: object }[] };
  const plain = versions.map(({ subresources: _, ...rest }) => rest);
  await world.kube.replace(definitions, { ...found, spec: { ...spec, versions: plain } } as never);

  await world.create(run('TaskRun', 'plain'));

  expect((await ended('TaskRun', 'plain')).conditions).toMatchObject([{ status: 'True' }]);
});
