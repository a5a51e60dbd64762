import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { find } from '../../../tools/servers.mjs';
import { eventually } from '../../support/eventually.ts';
import { configMaps } from '../../support/kinds.ts';
import { type ApiServerAddress, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { makeArgoStream, publishAsArgo, startLittleArgo } from '../../support/little-argo.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { record } from '../../support/record.ts';
import { startSensorium } from '../../support/sensorium.ts';
import { tokenConfig } from '../../support/token-config.ts';

const namespace = uniqueName('shop');
const rules = (bus: string): string => `apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default, namespace: ${namespace}}
spec: {jetstreamExotic: {url: "${bus}"}}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: orders, namespace: ${namespace}}
spec:
  dependencies: [{name: order, eventSourceName: es, eventName: order}]
  triggers:
    - template:
        name: note
        k8s:
          operation: create
          source: {resource: {apiVersion: v1, kind: ConfigMap, metadata: {name: got-}}}
          parameters: [{src: {dependencyName: order, dataKey: id}, dest: metadata.name, operation: append}]
`;

let api: ApiServerAddress;
let nats: Nats;
let kube: Kube;
beforeAll(async () => {
  [api, nats] = await Promise.all([sharedApiServer(), startNats()]);
  kube = openKube(tokenConfig(api, api.token), { tell: record().tell, clock: systemClock });
  const objects = [...crds(), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }] as KubeObject[];
  for (const object of [...objects, ...parseDocuments(rules(nats.url)).map(({ value }) => value as KubeObject)])
    await eventually(async () =>
      kube.apply(await kube.kind(object.apiVersion, object.kind), object, { fieldManager: 'test', force: true }),
    );
  await makeArgoStream(nats.url);
});
afterAll(async () => {
  await kube?.[Symbol.asyncDispose]();
  await nats?.[Symbol.asyncDispose]();
});

const made = async (): Promise<string[]> =>
  (await kube.list(configMaps, { namespace })).items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('got-'));

test('a namespace moves over from Argo and back, as the guide says, and each event is done once', async () => {
  const byArgo: string[] = [];
  const argo = () =>
    startLittleArgo(nats.url, { sensor: 'orders', triggers: [{ name: 'note', dependencies: ['order'] }] }, (_, { order }) => {
      byArgo.push(`got-${order}`);
    });
  const publish = (...ids: string[]) =>
    publishAsArgo(
      nats.url,
      ids.map((id) => ({ id, subject: 'order' })),
    );
  const first = await argo();
  await publish('o1', 'o2');
  await eventually(() => byArgo.length === 2);
  await first.stop();
  await publish('o3');

  const words = ['--kubeconfig', api.kubeconfigPath, '--host', '127.0.0.1'];
  await using ours = startSensorium(['run', '--from-cluster', '-n', namespace, '--takeover', '--log', 'json', ...words]);
  await ours.seen(/"from":3.*the sensor goes on where Argo's has stopped/, 30_000);
  await eventually(async () => (await made()).length === 1, 20_000);
  await publish('o4');
  await eventually(async () => (await made()).length === 2);
  expect(await ours.stop()).toBe(0);
  await publish('o5');

  const input = execFileSync(
    find('kubectl')!,
    ['--kubeconfig', api.kubeconfigPath, '-n', namespace, 'get', 'eventbus,sensors', '-o', 'yaml'],
    { encoding: 'utf8' },
  );
  await using back = startSensorium(['sensor', '-', '--hand-back', ...words], { input });
  expect(await back.ended).toBe(0);
  expect(back.output()).toMatch(/"held":0.*Argo's sensor goes on from here/);
  await using last = await argo();
  await eventually(() => byArgo.length === 3);
  await publish('o6');
  await eventually(() => byArgo.length === 4);
  await last.stop();

  expect(byArgo).toEqual(['got-o1', 'got-o2', 'got-o5', 'got-o6']);
  expect((await made()).sort()).toEqual(['got-o3', 'got-o4']);
});
