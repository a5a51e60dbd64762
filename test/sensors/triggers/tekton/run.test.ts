import { expect, test } from 'vitest';
import type { KubeObject } from '../../../../src/core/kube/kube.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { compiledSensor, type FiringOptions, findingTexts, prepareFirst } from '../../../support/compile-sensor.ts';

const event = buildEvent('1', {
  data: { commit: '1a2b', files: ['a', '$(b)'], mixed: ['a', 1], env: { k: '$(v)' }, n: 1.5, nothing: null },
});

async function runOf(tekton: object, options: FiringOptions = {}): Promise<KubeObject> {
  const action = await prepareFirst({ triggers: [{ template: { name: 'act', tekton } }] }, event, options);
  return (action.rendered as unknown as { object: KubeObject }).object;
}

const from = (dataKey: string, more: object = {}) => ({ src: { dependencyName: 'dep', dataKey, ...more } });

const valueIn = async (param: object) => {
  const { params } = (await runOf({ pipeline: 'build', params: [{ name: 'p', ...param }] }))['spec'] as { params?: { value: unknown }[] };
  return params?.[0]?.value;
};

test('the short form of a Pipeline is a whole PipelineRun', async () => {
  const run = await runOf({
    pipeline: 'build',
    params: [
      { name: 'commit', ...from('commit') },
      { name: 'level', value: 3 },
    ],
    workspaces: [{ name: 'source', emptyDir: {} }],
    serviceAccountName: 'builder',
    namespace: 'ci',
    timeout: '30m',
  });

  expect(run).toEqual({
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: { generateName: 'build-', name: 'build-afc20046ae', namespace: 'ci', labels: { 'sensorium.io/firing': 'f1' } },
    spec: {
      pipelineRef: { name: 'build' },
      params: [
        { name: 'commit', value: '1a2b' },
        { name: 'level', value: '3' },
      ],
      workspaces: [{ name: 'source', emptyDir: {} }],
      timeouts: { pipeline: '30m' },
      taskRunTemplate: { serviceAccountName: 'builder' },
    },
  });
});

test('the short form of a Task is a whole TaskRun', async () => {
  const run = await runOf({ task: 'clean', serviceAccountName: 'cleaner', timeout: '5m' });

  expect(run).toMatchObject({ kind: 'TaskRun', metadata: { namespace: 'playground' } });
  expect(run['spec']).toEqual({ taskRef: { name: 'clean' }, serviceAccountName: 'cleaner', timeout: '5m' });
});

test('a run that is written whole gets params and workspaces laid over its own', async () => {
  const resource = {
    apiVersion: 'tekton.dev/v1beta1',
    kind: 'PipelineRun',
    metadata: { name: 'fixed', namespace: 'ci', labels: { team: 'web' } },
    spec: {
      pipelineRef: { name: 'build' },
      timeout: '2h',
      params: [
        { name: 'kept', value: 'yes' },
        { name: 'commit', value: 'main' },
      ],
    },
  };

  const run = await runOf({
    source: { resource },
    params: [{ name: 'commit', ...from('commit') }],
    serviceAccountName: 'sa',
    timeout: '1h',
  });

  expect(run.metadata).toEqual({ name: 'fixed', namespace: 'ci', labels: { team: 'web', 'sensorium.io/firing': 'f1' } });
  expect(run['spec']).toEqual({
    pipelineRef: { name: 'build' },
    params: [
      { name: 'kept', value: 'yes' },
      { name: 'commit', value: '1a2b' },
    ],
    serviceAccountName: 'sa',
    timeouts: { pipeline: '1h' },
  });
});

test('an event gives texts, and with useRawData lists and maps of texts; it names no variable of Tekton', async () => {
  const raw = { useRawData: true };

  expect(await valueIn(from('n'))).toBe('1.5');
  expect(await valueIn(from('files'))).toBe('["a","$$(b)"]');
  expect(await valueIn(from('files', raw))).toEqual(['a', '$$(b)']);
  expect(await valueIn(from('env', raw))).toEqual({ k: '$$(v)' });
  expect(await valueIn(from('mixed', raw))).toBe('["a",1]');
  expect(await valueIn(from('n', raw))).toBe('1.5');
  expect(await valueIn(from('nothing', raw))).toBe('');
  expect(await valueIn(from('absent', { value: 'd' }))).toBe('d');
  expect(await valueIn({ src: { dependencyName: 'other', dataKey: 'x' } })).toBeUndefined();
  await expect(valueIn(from('absent'))).rejects.toThrow('path "absent" does not exist');
});

test('what stands in the rule is taken as it stands, variables too', async () => {
  expect(await valueIn({ value: '$(context.pipelineRun.name)' })).toBe('$(context.pipelineRun.name)');
  expect(await valueIn({ value: ['a', 'b'] })).toEqual(['a', 'b']);
  expect(await valueIn({ value: { k: 1 } })).toBe('{"k":1}');
  expect(await valueIn({ value: true })).toBe('true');
});

test('parameters set anything in the run, after its params', async () => {
  const run = await runOf({
    pipeline: 'build',
    params: [{ name: 'commit', value: 'main' }],
    parameters: [
      { ...from('commit'), dest: 'metadata.annotations.commit' },
      { ...from('commit'), dest: 'spec.params.0.value' },
      { src: { dependencyName: 'dep', value: 'ours-' }, dest: 'metadata.generateName', operation: 'prepend' },
    ],
  });

  expect(run.metadata).toMatchObject({ generateName: 'ours-build-', annotations: { commit: '1a2b' } });
  expect(run.metadata.name).toMatch(/^ours-build-[0-9a-f]{10}$/);
  expect(run['spec']).toMatchObject({ params: [{ name: 'commit', value: '1a2b' }] });
});

test('what is wrong in the block is said at its place', () => {
  const findings = (tekton: object) => findingTexts(compiledSensor({ triggers: [{ template: { name: 't', tekton } }] }).findings);
  const at = 'spec.triggers.0.template.tekton';
  const configMap = { resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } } };

  expect(findings({})).toEqual([`error ${at}: set exactly one of pipeline, task, source; found none`]);
  expect(findings({ pipeline: 'a', task: 'b' })).toEqual([`error ${at}: set exactly one of pipeline, task, source; found pipeline, task`]);
  expect(findings({ source: configMap })).toEqual([`error ${at}.source: the source must be a PipelineRun or a TaskRun, not a ConfigMap`]);
  expect(
    findings({
      pipeline: 'a',
      params: [{ name: 'p' }, { name: 'p', value: 'x', ...from('x') }, { name: 'q', src: { dependencyName: 'depp', dataKey: 'x' } }],
      workspaces: [{ emptyDir: {} }],
      timeout: 'soon',
    }),
  ).toEqual([
    `error ${at}.params.0: set exactly one of value, src; found none`,
    `error ${at}.params.1: set exactly one of value, src; found value, src`,
    `warning ${at}.params.2.src.dependencyName: there is no dependency "depp" (did you mean "dep"?)`,
    `error ${at}.params.1.name: the param "p" is there twice`,
    `error ${at}.workspaces.0: a workspace must have a name`,
    `error ${at}.timeout: "soon" is no duration such as 30m or 1h30m`,
  ]);
});
