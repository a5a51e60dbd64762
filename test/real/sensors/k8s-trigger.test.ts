import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { type FiringOptions, prepareFirst } from '../../support/compile-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

describe.runIf(haveApiServer())('the k8s trigger against a real kube-apiserver', () => {
  const namespace = uniqueName('trigger');
  let kube: Kube;
  let nobody: Kube;

  beforeAll(async () => {
    const at = await sharedApiServer();
    kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    nobody = openKube(tokenConfig(at, at.nobody, namespace), { tell: record().tell, clock: systemClock });
    await kube.create(await kube.kind('v1', 'Namespace'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  });
  afterAll(async () => {
    await kube?.[Symbol.asyncDispose]();
    await nobody?.[Symbol.asyncDispose]();
  });

  async function fire(k8s: object, { data = {}, ...options }: FiringOptions & { data?: object } = {}): Promise<string> {
    const spec = { triggers: [{ template: { name: 'act', k8s } }] };
    const action = await prepareFirst(spec, buildEvent('1', { data }), { kube, namespace, ...options });
    return (await action.fire()).summary;
  }

  const deployment = (name: string, rest: object = {}) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, ...rest });
  const spec = (replicas: number, ...images: string[]) => ({
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: images.map((image) => ({ name: image, image })) },
    },
  });
  const map = (name: string, data: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
  const stored = async (apiVersion: string, kind: string, name: string): Promise<KubeObject> =>
    kube.get(await kube.kind(apiVersion, kind), { name, namespace });
  const imagesOf = async (name: string): Promise<string[]> => {
    const { spec } = (await stored('apps/v1', 'Deployment', name)) as {
      spec?: { template: { spec: { containers: { image: string }[] } } };
    };
    return spec!.template.spec.containers.map((container) => container.image);
  };

  test('a policy waits for the labels that somebody puts on what was created', async () => {
    const backoff = { duration: '100ms', jitter: 0, steps: 100 };
    const policy = { k8s: { labels: { checked: 'yes' }, backoff, errorOnBackoffTimeout: true } };
    const spec = { triggers: [{ template: { name: 'act', k8s: { source: { resource: map('waited-for') } } }, policy }] };
    const fireOnce = async () => (await prepareFirst(spec, buildEvent('1'), { kube, namespace, clock: systemClock })).fire();
    const type = await kube.kind('v1', 'ConfigMap');
    const name = { name: 'waited-for', namespace };

    const fired = fireOnce();
    await eventually(() =>
      kube.get(type, name).then(
        () => true,
        () => false,
      ),
    );
    await kube.patch(type, name, { metadata: { labels: { checked: 'yes' } } }, 'application/merge-patch+json');

    expect((await fired).summary).toBe(`created ConfigMap ${namespace}/waited-for; it has the labels of the policy`);
    expect((await fireOnce()).summary).toBe(`created ConfigMap ${namespace}/waited-for before; it has the labels of the policy`);
  });

  test('what is created bears the labels of Argo, and a firing that comes again finds it', async () => {
    const resource = { source: { resource: deployment('once', { spec: spec(0, 'nginx') }) } };

    expect(await fire(resource)).toBe(`created Deployment ${namespace}/once`);
    expect(await fire(resource, { attempt: 2 })).toBe(`created Deployment ${namespace}/once before`);
    await expect(fire(resource, { id: 'another' })).rejects.toThrow(`create Deployment ${namespace}/once: already exists`);
    expect((await stored('apps/v1', 'Deployment', 'once')).metadata.labels).toMatchObject({
      'events.argoproj.io/sensor': 'sn',
      'events.argoproj.io/trigger': 'act',
    });
  });

  test('a generated name is made once for a firing', async () => {
    const resource = { source: { resource: { ...map(''), metadata: { generateName: 'run-', labels: { of: 'generated' } } } } };
    await fire(resource);
    await fire(resource);
    await fire(resource, { id: 'f2' });

    const made = await kube.list(await kube.kind('v1', 'ConfigMap'), { namespace, labelSelector: 'of=generated' });
    expect(made.items).toHaveLength(2);
  });

  test('an update merges maps and replaces lists, and creates what is missing', async () => {
    expect(await fire({ operation: 'update', source: { resource: deployment('merged', { spec: spec(0, 'a', 'b') }) } })).toBe(
      `created Deployment ${namespace}/merged`,
    );
    expect(await fire({ operation: 'update', source: { resource: deployment('merged', { spec: spec(0, 'c') }) } })).toBe(
      `updated Deployment ${namespace}/merged`,
    );
    expect(await imagesOf('merged')).toEqual(['c']);
  });

  test('updates of one object side by side all find their place', async () => {
    await fire({ source: { resource: map('shared') } });
    const names = ['a', 'b', 'c'];

    await Promise.all(
      names.map((name) => fire({ operation: 'update', source: { resource: map('shared', { [name]: 'x' }) } }, { id: name })),
    );

    expect((await stored('v1', 'ConfigMap', 'shared'))['data']).toEqual({ a: 'x', b: 'x', c: 'x' });
  });

  test('the live object is edited once for a firing', async () => {
    await fire({ source: { resource: map('live', { log: 'a' }) } }, { id: 'made' });
    const k8s = {
      operation: 'update',
      liveObject: true,
      source: { resource: { ...map('live'), metadata: { name: 'live', namespace } } },
      parameters: [{ src: { dependencyName: 'dep', dataKey: 'x' }, dest: 'data.log', operation: 'append' }],
    };

    await fire(k8s, { data: { x: 'b' } });
    await fire(k8s, { data: { x: 'b' } });

    expect((await stored('v1', 'ConfigMap', 'live'))['data']).toEqual({ log: 'ab' });
  });

  test('a patch is one of four kinds', async () => {
    const patch = (patchStrategy: string, resource: object) => fire({ operation: 'patch', patchStrategy, source: { resource } });
    const containers = (...images: string[]) => ({
      spec: { template: { spec: { containers: images.map((image) => ({ name: image, image })) } } },
    });
    await fire({ source: { resource: deployment('patched', { spec: spec(0, 'a') }) } });

    await patch('application/strategic-merge-patch+json', deployment('patched', containers('b')));
    expect((await imagesOf('patched')).sort()).toEqual(['a', 'b']);

    await patch('application/merge-patch+json', deployment('patched', containers('c')));
    expect(await imagesOf('patched')).toEqual(['c']);

    await patch(
      'application/json-patch+json',
      deployment('patched', { patch: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'd' }] }),
    );
    expect(await imagesOf('patched')).toEqual(['d']);

    expect(
      await patch('application/apply-patch+yaml', deployment('patched', { metadata: { name: 'patched', labels: { applied: 'yes' } } })),
    ).toBe(`applied Deployment ${namespace}/patched`);
    expect((await stored('apps/v1', 'Deployment', 'patched')).metadata.labels).toMatchObject({ applied: 'yes' });
  });

  test('apply owns what it says, and no more', async () => {
    await fire({ operation: 'apply', source: { resource: map('applied', { a: '1', b: '2' }) } });
    await fire({ operation: 'apply', source: { resource: map('applied', { a: '3' }) } });

    expect((await stored('v1', 'ConfigMap', 'applied'))['data']).toEqual({ a: '3' });
  });

  test('what is deleted is gone, and again is fine', async () => {
    await fire({ source: { resource: map('gone') } });

    expect(await fire({ operation: 'delete', source: { resource: map('gone') } })).toBe(`deleted ConfigMap ${namespace}/gone`);
    expect(await fire({ operation: 'delete', source: { resource: map('gone') } })).toBe(
      `nothing to delete: there is no ConfigMap ${namespace}/gone`,
    );
  });

  test('what lives in no namespace is found where it lives', async () => {
    const name = uniqueName('fast');
    const resource = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: 'example.com/none' };

    expect(await fire({ source: { resource } })).toBe(`created StorageClass ${name}`);
    expect(await fire({ operation: 'delete', source: { resource } })).toBe(`deleted StorageClass ${name}`);
  });

  test('an object stands in a ConfigMap', async () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-map}\ndata: {k: v}\n`;
    await fire({ source: { resource: map('templates', { 'm.yaml': text }) } });

    await fire({ source: { configmap: { name: 'templates', key: 'm.yaml' } } });

    expect((await stored('v1', 'ConfigMap', 'from-map'))['data']).toEqual({ k: 'v' });
  });

  test('what the API server says tells when to try again', async () => {
    const create = (resource: object, around: FiringOptions = {}) => fire({ source: { resource } }, around);

    await expect(create({ apiVersion: 'v1', kind: 'Cheese', metadata: { name: 'x' } })).rejects.toMatchObject({
      code: 'REMOTE_KUBE_UNKNOWN_KIND',
      retry: 'backoff',
    });
    await expect(create(deployment('invalid', { spec: {} }))).rejects.toMatchObject({ code: 'REMOTE_KUBE_INVALID', retry: 'never' });
    await expect(create(map('x'), { kube: nobody })).rejects.toMatchObject({ code: 'REMOTE_KUBE_FORBIDDEN', retry: 'backoff' });
    await expect(create(map('x'), { namespace: uniqueName('missing') })).rejects.toMatchObject({
      code: 'REMOTE_KUBE_NOT_FOUND',
      retry: 'backoff',
    });
  });
});
