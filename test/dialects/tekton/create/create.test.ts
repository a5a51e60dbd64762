import { describe, expect, test } from 'vitest';
import type { Firing } from '../../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import type { RequestOptions } from '../../../../src/core/kube/kube.ts';
import { createAll, describe as describeObjects, objectsOf, userOf } from '../../../../src/dialects/tekton/create/index.ts';
import { memoryKube } from '../../../support/memory-kube.ts';

const cause = { eventListener: 'git', trigger: 'push', namespace: 'ci', eventId: 'e1' };

const firingOf = (id: string): Firing => ({ id, sensor: 'git', namespace: 'ci', trigger: 'push', events: new Map(), orderKey: undefined });

const objects = (resources: JsonObject[], id = 'f1', more: Partial<typeof cause> = {}) =>
  objectsOf(resources, { ...cause, ...more }, firingOf(id));

const around = (kube = memoryKube(), id = 'f1') => ({ kube, firing: firingOf(id), signal: new AbortController().signal });

const run = (metadata: JsonObject): JsonObject => ({ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata, spec: {} });
const map = (name: string): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

describe('an object', () => {
  test('gets Tekton’s labels over its own, the namespace of the trigger, and a name', () => {
    const [object] = objects([run({ generateName: 'build-', labels: { team: 'web', 'triggers.tekton.dev/trigger': 'mine' } })]);

    expect(object).toEqual({
      apiVersion: 'tekton.dev/v1',
      kind: 'PipelineRun',
      metadata: {
        generateName: 'build-',
        name: expect.stringMatching(/^build-[0-9a-f]{10}$/),
        namespace: 'ci',
        labels: {
          team: 'web',
          'triggers.tekton.dev/eventlistener': 'git',
          'triggers.tekton.dev/trigger': 'push',
          'triggers.tekton.dev/triggers-eventid': 'e1',
        },
      },
      spec: {},
    });
  });

  test('keeps the name and namespace that its template gives', () => {
    const [object] = objects([run({ name: 'fixed', generateName: 'build-', namespace: 'prod' })]);

    expect(object?.metadata).toMatchObject({ name: 'fixed', namespace: 'prod' });
  });

  test('has a name of its own for each firing and each place in the template, and no other', () => {
    const names = (id: string) =>
      objects([run({ generateName: 'a-' }), run({ generateName: 'a-' })], id).map(({ metadata }) => metadata.name);

    expect(names('f1')).toEqual(names('f1'));
    expect(new Set([...names('f1'), ...names('f2')]).size).toBe(4);
  });

  test('has an event’s id as a label that can be one', () => {
    const [object] = objects([map('m')], 'f1', { eventId: 'urn:a/b' });

    expect(object?.metadata.labels).toMatchObject({ 'triggers.tekton.dev/triggers-eventid': 'urn-a-b' });
  });

  test.each<[string, JsonObject]>([
    ['resource 1 has no kind', { apiVersion: 'v1', metadata: { name: 'x' } }],
    ['resource 1 has no apiVersion', { apiVersion: '', kind: 'ConfigMap' }],
    ['the metadata of resource 1 is no object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: [] }],
    ['the labels of resource 1 are not all texts', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: { n: 0 } } }],
  ])('is refused: %s', (problem, resource) => {
    expect(() => objects([resource])).toThrow(`after its parameters the trigger is not valid: ${problem}`);
  });
});

describe('what is created', () => {
  test('is said before and after', async () => {
    const all = objects([run({ name: 'r' }), map('a'), map('b')]);

    const { summary, detail } = await createAll(all, around());

    expect(describeObjects(all)).toBe('create PipelineRun ci/r, ConfigMap ci/a and ConfigMap ci/b');
    expect(summary).toBe('created PipelineRun ci/r, ConfigMap ci/a and ConfigMap ci/b');
    expect(detail).toEqual([
      { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', name: 'r', namespace: 'ci' },
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'ci' },
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', namespace: 'ci' },
    ]);
  });

  test('is there once, however often the firing is tried', async () => {
    const kube = memoryKube();
    const all = objects([run({ generateName: 'build-' })]);
    await createAll(all, around(kube));

    const { summary } = await createAll(all, around(kube));

    expect(kube.objects.size).toBe(1);
    expect(summary).toMatch(/^created PipelineRun ci\/build-[0-9a-f]{10} before$/);
  });

  test('is never what somebody else has created under the same name', async () => {
    const kube = memoryKube();
    await createAll(objects([map('m')]), around(kube));

    await expect(createAll(objects([map('m')], 'f2'), around(kube, 'f2'))).rejects.toMatchObject({
      code: 'REMOTE_KUBE_EXISTS',
      retry: 'never',
    });
  });

  test('stays when something after it fails, and the next attempt goes on behind it', async () => {
    const kube = memoryKube();
    const all = objects([map('a'), run({ generateName: 'build-' }), map('b')]);
    kube.refuse = (call) => (call.includes('pipelineruns') ? new EngineError('UNREACHABLE_KUBE') : undefined);
    await expect(createAll(all, around(kube))).rejects.toMatchObject({ code: 'UNREACHABLE_KUBE' });
    const left = [...kube.objects.keys()];
    kube.refuse = () => undefined;

    const { summary } = await createAll(all, around(kube));

    expect(left).toEqual(['/api/v1/namespaces/ci/configmaps/a']);
    expect(summary).toMatch(/^created ConfigMap ci\/a before, PipelineRun ci\/build-\w+ and ConfigMap ci\/b$/);
    expect(kube.objects.size).toBe(3);
  });

  test('lives in no namespace where its kind does', async () => {
    const kube = memoryKube();

    const { summary } = await createAll(objects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }]), around(kube));

    expect(summary).toBe('created Namespace n');
    expect([...kube.objects.keys()]).toEqual(['/api/v1/namespaces/n']);
  });

  test('is created in the name of the account that the trigger names', async () => {
    const kube = memoryKube();
    const asked: (RequestOptions | undefined)[] = [];
    const { create } = kube;
    kube.create = (type, object, options) => {
      asked.push(options);
      return create(type, object, options);
    };

    await createAll(objects([map('a')]), around(kube), userOf('ci', 'builder'));
    await createAll(objects([map('b')]), around(kube));

    expect(asked.map((options) => options?.impersonate)).toEqual(['system:serviceaccount:ci:builder', undefined]);
  });

  test('a template without resources creates nothing', async () => {
    expect(describeObjects([])).toBe('create nothing');
    expect(await createAll([], around())).toEqual({ summary: 'created nothing', detail: [] });
  });
});
