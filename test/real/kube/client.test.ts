import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import { kubeConfigFrom } from '../../../src/core/kube/config.ts';
import type { Kube, KubeObject, ResourceType } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

describe.runIf(haveApiServer())('the client against a real kube-apiserver', () => {
  const namespace = uniqueName('client');
  let kube: Kube;
  let nobody: Kube;
  let configMaps: ResourceType;
  let services: ResourceType;

  beforeAll(async () => {
    const at = await sharedApiServer();
    kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    nobody = openKube(tokenConfig(at, at.nobody, namespace), { tell: record().tell, clock: systemClock });
    configMaps = await kube.kind('v1', 'ConfigMap');
    services = await kube.resource('', 'v1', 'services');
    await kube.create(await kube.kind('v1', 'Namespace'), object('v1', 'Namespace', namespace));
  });
  afterAll(async () => {
    await kube[Symbol.asyncDispose]();
    await nobody[Symbol.asyncDispose]();
  });

  const object = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject =>
    ({ apiVersion, kind, metadata: { name }, ...rest }) as KubeObject;
  const configMap = (name: string, data: Record<string, string> = {}) => object('v1', 'ConfigMap', name, { data });

  test('discovery knows plural, kind and scope', async () => {
    const ingress = await kube.kind('networking.k8s.io/v1', 'Ingress');
    const nodes = await kube.resource('', 'v1', 'nodes');

    expect(ingress).toEqual({ group: 'networking.k8s.io', version: 'v1', resource: 'ingresses', kind: 'Ingress', namespaced: true });
    expect(nodes).toEqual({ group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false });
  });

  test('an unknown kind, plural or group is said to be one', async () => {
    await expect(kube.kind('v1', 'Cheese')).rejects.toThrow('the API server does not know kind "Cheese" in v1');
    await expect(kube.kind('cheese.example/v1', 'Cheese')).rejects.toThrow(
      'the API server does not know kind "Cheese" in cheese.example/v1',
    );
    await expect(kube.resource('', 'v1', 'service')).rejects.toThrow('the API server does not know resource "service" in v1');
    await expect(kube.kind('v1', 'Scale')).rejects.toMatchObject({ code: 'REMOTE_KUBE_UNKNOWN_KIND', retry: 'backoff' });
  });

  test('an object is created, read, replaced, patched in three ways, and deleted', async () => {
    const name = uniqueName('life');
    const made = await kube.create(configMaps, configMap(name, { a: '1' }));
    const read = await kube.get(configMaps, { name });
    const replaced = await kube.replace(configMaps, { ...read, data: { a: '2' } });
    const merged = await kube.patch(configMaps, { name }, { data: { b: '3' } }, 'application/merge-patch+json');
    const strategic = await kube.patch(configMaps, { name }, { data: { c: '4' } }, 'application/strategic-merge-patch+json');
    const operations = [{ op: 'remove', path: '/data/a' }];
    const patched = await kube.patch(configMaps, { name }, operations, 'application/json-patch+json');

    expect(read).toEqual(made);
    expect(made.metadata.namespace).toBe(namespace);
    expect(replaced.data).toEqual({ a: '2' });
    expect(merged.data).toEqual({ a: '2', b: '3' });
    expect(strategic.data).toEqual({ a: '2', b: '3', c: '4' });
    expect(patched.data).toEqual({ b: '3', c: '4' });
    expect(await kube.delete(configMaps, { name })).toBe(true);
    expect(await kube.delete(configMaps, { name })).toBe(false);
  });

  test('server-side apply owns its fields, and takes those of others only by force', async () => {
    const name = uniqueName('apply');
    await kube.apply(configMaps, configMap(name, { a: '1' }), { fieldManager: 'one' });

    const conflict = kube.apply(configMaps, configMap(name, { a: '2' }), { fieldManager: 'two' });
    await expect(conflict).rejects.toMatchObject({ code: 'REMOTE_KUBE_REFUSED', retry: 'never' });
    await expect(conflict).rejects.toThrow(
      `apply ConfigMap ${namespace}/${name}: 409 Apply failed with 1 conflict: conflict with "one": .data.a`,
    );
    const forced = await kube.apply(configMaps, configMap(name, { a: '2' }), { fieldManager: 'two', force: true });
    expect(forced.data).toEqual({ a: '2' });
  });

  test('a dry run changes nothing', async () => {
    const name = uniqueName('dry');

    const answer = await kube.create(configMaps, configMap(name), { dryRun: true });

    expect(answer.metadata.name).toBe(name);
    await expect(kube.get(configMaps, { name })).rejects.toThrow(`get ConfigMap ${namespace}/${name}: not found`);
  });

  test('integers keep all their digits', async () => {
    const group = `${uniqueName('digits')}.example`;
    const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    await kube.create(
      await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `counters.${group}`, {
        spec: {
          group,
          scope: 'Namespaced',
          names: { plural: 'counters', singular: 'counter', kind: 'Counter' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: anything } }],
        },
      }),
    );
    const counters = await eventually(() => kube.kind(`${group}/v1`, 'Counter'));
    const counter = object(`${group}/v1`, 'Counter', 'counter', { spec: { count: 9007199254740993n, few: 3 } });
    const made = await eventually(() => kube.create(counters, counter));

    expect(made.spec).toEqual({ count: 9007199254740993n, few: 3 });
    expect((await kube.get(counters, { name: 'counter' })).spec).toEqual({ count: 9007199254740993n, few: 3 });
  });

  test('each refusal has its code, its sentence and what to do next', async () => {
    const name = uniqueName('refused');
    const made = await kube.create(configMaps, configMap(name));
    const at = `${namespace}/${name}`;

    await expect(kube.create(configMaps, configMap(name))).rejects.toMatchObject({
      code: 'REMOTE_KUBE_EXISTS',
      message: `create ConfigMap ${at}: already exists`,
      retry: 'never',
    });
    await kube.patch(configMaps, { name }, { data: { a: '1' } }, 'application/merge-patch+json');
    await expect(kube.replace(configMaps, made)).rejects.toMatchObject({
      code: 'CONFLICT_KUBE',
      message: `update ConfigMap ${at}: changed by somebody else meanwhile`,
      retry: 'now',
    });
    await expect(kube.delete(configMaps, { name }, { uid: 'another' })).rejects.toMatchObject({ code: 'CONFLICT_KUBE' });
    await expect(kube.create(configMaps, configMap('Not A Name'))).rejects.toMatchObject({
      code: 'REMOTE_KUBE_INVALID',
      message: expect.stringMatching(
        new RegExp(`^create ConfigMap ${namespace}/Not A Name: metadata.name: Invalid value: "Not A Name": a lowercase RFC 1123`),
      ),
    });
    await expect(nobody.get(configMaps, { name })).rejects.toMatchObject({
      code: 'REMOTE_KUBE_FORBIDDEN',
      message: `get ConfigMap ${at}: forbidden: User "nobody" cannot get resource "configmaps" in API group "" in the namespace "${namespace}"`,
      retry: 'backoff',
    });
    await expect(kube.create(configMaps, { ...configMap('x'), metadata: { name: 'x', namespace: 'nowhere' } })).rejects.toMatchObject({
      code: 'REMOTE_KUBE_NOT_FOUND',
      message: 'create ConfigMap nowhere/x: namespaces "nowhere" not found',
      retry: 'backoff',
    });
    await expect(kube.create(services, object('v1', 'Service', 'x', { spec: { ports: [{ port: 'eighty' }] } }))).rejects.toMatchObject({
      code: 'REMOTE_KUBE_REFUSED',
    });
  });

  test('a list is complete over several pages, and says what each object is', async () => {
    const label = uniqueName('many');
    const made = Array.from({ length: 520 }, (_, index) =>
      kube.create(configMaps, { ...configMap(`${label}-${index}`), metadata: { name: `${label}-${index}`, labels: { test: label } } }),
    );
    await Promise.all(made);

    const { items, resourceVersion } = await kube.list(configMaps, { namespace, labelSelector: `test=${label}` });

    expect(new Set(items.map((item) => item.metadata.name)).size).toBe(520);
    expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(Number(resourceVersion)).toBeGreaterThan(0);
  });

  test('a kubeconfig is all that it takes', async () => {
    const { kubeconfigPath, server } = await sharedApiServer();
    const config = await kubeConfigFrom({ kubeconfig: kubeconfigPath, env: {} });
    await using other = openKube(config, { tell: record().tell, clock: systemClock });

    expect(other.server).toBe(server);
    expect((await other.get(await other.kind('v1', 'Namespace'), { name: namespace })).metadata.name).toBe(namespace);
  });

  test('any path can be asked', async () => {
    expect(await kube.raw('GET', '/readyz')).toBe('ok');
    expect(await kube.raw('GET', '/version')).toMatchObject({ gitVersion: 'v1.36.3' });
    expect(await kube.raw('POST', `/api/v1/namespaces/${namespace}/configmaps?dryRun=All`, configMap('raw'))).toMatchObject({
      kind: 'ConfigMap',
    });
  });
});
