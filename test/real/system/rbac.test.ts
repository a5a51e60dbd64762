import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { rbacText } from '../../../src/manifests/generate/rbac.ts';
import { loadRules, loadText } from '../../../src/manifests/load.ts';
import { eventually } from '../../support/eventually.ts';
import { ingresses, services } from '../../support/kinds.ts';
import { asProcess } from '../../support/process.ts';
import { record } from '../../support/record.ts';
import { startSensorium } from '../../support/sensorium.ts';
import { tokenConfig } from '../../support/token-config.ts';
import { annotated, portOf, setPort, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => world?.[Symbol.asyncDispose]());

/** Applies YAML as an administrator. */
async function put(text: string): Promise<void> {
  for (const { value } of parseDocuments(text)) {
    const object = value as KubeObject;
    await world.kube.apply(await world.kube.kind(object.apiVersion, object.kind), object, { fieldManager: 'test', force: true });
  }
}

async function tokenOf(account: string): Promise<string> {
  const path = `/api/v1/namespaces/playground/serviceaccounts/${account}/token`;
  const answer = await world.kube.raw('POST', path, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} });
  return (answer as { status: { token: string } }).status.token;
}

/** A kubeconfig of an account. */
async function kubeconfigOf(account: string): Promise<string> {
  const { kubeconfigPath, token } = world.api;
  const file = join(kubeconfigPath, '..', `${account}.json`);
  writeFileSync(file, readFileSync(kubeconfigPath, 'utf8').replace(token, await tokenOf(account)));
  return file;
}

/** A Service is made, changed and deleted, and its Ingress follows. */
async function followed(kube: Kube, name: string): Promise<void> {
  await kube.create(services, annotated(name, 1));
  await eventually(async () => (await portOf(kube, name)) === 1, 20_000);
  await setPort(kube, name, 2);
  await eventually(async () => (await portOf(kube, name)) === 2);
  await kube.delete(services, { namespace: 'playground', name });
  await eventually(async () => (await portOf(kube, name)) === undefined);
}

test('the example runs with exactly the Role beside it', async () => {
  await put(readFileSync(join(world.rules, 'rbac.yaml'), 'utf8'));
  const words = [world.rules, '--bus', world.nats.url, '--host', '127.0.0.1', '--kubeconfig', await kubeconfigOf('playground-sa')];
  await using source = await asProcess(startSensorium(['eventsource', ...words]));
  await using sensor = await asProcess(startSensorium(['sensor', ...words]));
  await Promise.all([source.ready(), sensor.ready()]);
  await followed(world.kube, 'web');

  expect(source.output() + sensor.output()).not.toContain('FORBIDDEN');
});

test('run --from-cluster does with exactly what generate rbac --from-cluster writes', async () => {
  for (const crd of crds()) await put(JSON.stringify(crd));
  const { objects } = await loadRules([world.rules], { namespace: 'playground' });
  const rules = objects.flatMap(({ object }) => checkRule(object)?.rule ?? []);
  const account = { namespace: 'playground', name: 'engine' };
  await put(rbacText(rules, { fromCluster: { account, namespaces: ['playground'] } }));
  for (const file of ['eventsource.yaml', 'sensor.yaml'])
    await eventually(async () => {
      await put(readFileSync(join(world.rules, file), 'utf8'));
      return true;
    });
  const words = ['--from-cluster', '-n', 'playground', '--bus', world.nats.url, '--host', '127.0.0.1', '--log', 'json'];
  await using program = startSensorium(['run', ...words, '--kubeconfig', await kubeconfigOf('engine')]);
  await eventually(async () => {
    const sensors = await world.kube.resource('argoproj.io', 'v1alpha1', 'sensors');
    const { items } = await world.kube.list(sensors, { namespace: 'playground' });
    return JSON.stringify(items[0]?.['status'] ?? {}).includes('"reason":"Running"');
  }, 20_000);
  await followed(world.kube, 'other');

  expect(program.output()).not.toContain('FORBIDDEN');
});

test.each(['create', 'update', 'patch', 'apply', 'delete'])('an account may %s what its rule does, and nothing else', async (operation) => {
  const name = `may-${operation}`;
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: sn, namespace: playground}
spec:
  template: {serviceAccountName: ${name}}
  dependencies: [{name: dep, eventSourceName: es, eventName: e}]
  triggers:
    - template:
        name: t
        k8s:
          operation: ${operation}
          source: {resource: {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: x}}}
`;
  await put(rbacText(loadText('f', text).objects.flatMap(({ object }) => checkRule(object)?.rule ?? [])));
  await using kube = openKube(tokenConfig(world.api, await tokenOf(name)), { tell: record().tell, clock: systemClock });
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'playground' },
    spec: { defaultBackend: { service: { name: 'x', port: { number: 1 } } } },
  };
  const at = { namespace: 'playground', name };
  if (operation === 'apply') await kube.apply(ingresses, object, { fieldManager: 'test' });
  else if (operation === 'delete') await kube.delete(ingresses, at);
  else await kube.create(ingresses, object);
  if (operation === 'patch') await kube.patch(ingresses, at, { metadata: { labels: { a: 'b' } } }, 'application/merge-patch+json');
  if (operation === 'update') await kube.replace(ingresses, await kube.get(ingresses, at));

  await expect(kube.list(ingresses, { namespace: 'playground' })).rejects.toMatchObject({ code: 'REMOTE_KUBE_FORBIDDEN' });
  await expect(kube.list(services, { namespace: 'playground' })).rejects.toMatchObject({ code: 'REMOTE_KUBE_FORBIDDEN' });
});
