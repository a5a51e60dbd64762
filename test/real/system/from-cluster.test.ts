import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../src/core/yaml/documents.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { eventually } from '../../support/eventually.ts';
import { definitions, eventSources, events, namespaces, sensors, services } from '../../support/kinds.ts';
import { type ApiServer, startApiServer } from '../../support/kube-apiserver.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { asProcess, type Process } from '../../support/process.ts';
import { record } from '../../support/record.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';
import { tokenConfig } from '../../support/token-config.ts';
import { annotated, ingressNames, portOf } from './world.ts';

const namespace = 'playground';
const example = (file: string): KubeObject =>
  parseDocuments(readFileSync(join(import.meta.dirname, '../../../examples/auto-ingress', file), 'utf8'))[0]!.value as KubeObject;

let api: ApiServer;
let nats: Nats;
let kube: Kube;
const programs: Program[] = [];

beforeAll(async () => {
  [api, nats] = await Promise.all([startApiServer(), startNats()]);
  kube = openKube(tokenConfig(api, api.token), { tell: record().tell, clock: systemClock });
  await eventually(() => kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program[Symbol.asyncDispose]();
});
afterAll(async () => {
  await kube?.[Symbol.asyncDispose]();
  await nats?.[Symbol.asyncDispose]();
  await api?.[Symbol.asyncDispose]();
});

function start(...words: string[]): Program {
  const flags = ['--bus', nats.url, '--host', '127.0.0.1', '--log', 'json', ...words];
  const at = words.includes('--kubeconfig') ? [] : ['--kubeconfig', api.kubeconfigPath];
  const program = startSensorium(['run', '--from-cluster', '-n', namespace, ...at, ...flags]);
  programs.push(program);
  return program;
}

const put = (type: typeof sensors, object: KubeObject) => kube.apply(type, object, { fieldManager: 'test', force: true });

async function ready(type: typeof sensors, name: string): Promise<Record<string, unknown>> {
  const { status } = (await kube.get(type, { namespace, name })) as { status?: { conditions?: Record<string, unknown>[] } };
  return status?.conditions?.find((one) => one['type'] === 'Ready') ?? {};
}

const reasonsFor = async (name: string): Promise<string[]> =>
  (await kube.list(events, { namespace, fieldSelector: `involvedObject.name=${name}` })).items.map((one) => String(one['reason'])).sort();

/** The sensor of the example with another transform. */
function withTransform(jq: string): KubeObject {
  const sensor = example('sensor.yaml');
  (sensor['spec'] as { dependencies: { transform: { jq: string } }[] }).dependencies[0]!.transform.jq = jq;
  return sensor;
}

const count = (program: Program, text: string): number => program.output().split(text).length - 1;

test('kinds that are not installed are told once each and waited for', async () => {
  const program = start();
  const accepted = 'accepted';
  /** What is told of the watch of a kind: the code of each refusal, and `accepted`. */
  const told = (kind: string): unknown[] =>
    program
      .output()
      .split('\n')
      .filter((line) => line.includes(`"rules of kind ${kind}"`) && /the API server (refuses|accepts) the watch/.test(line))
      .map((line) => (JSON.parse(line) as { error?: { code: string } }).error?.code ?? accepted);
  const kinds = ['EventSource', 'Sensor', 'EventBus'];
  await eventually(() => kinds.every((kind) => told(kind).length > 0));
  expect(kinds.map(told)).toEqual(kinds.map(() => ['REMOTE_KUBE_UNKNOWN_KIND']));
  for (const crd of crds()) await kube.apply(definitions, crd as KubeObject, { fieldManager: 'test', force: true });
  await eventually(() => kinds.every((kind) => told(kind).at(-1) === accepted), 50_000);

  // A kind that has just been defined may be gone once more for a moment, or its storage is not ready (429): each reason is told once.
  for (const kind of kinds) {
    const ofKind = told(kind);
    expect(ofKind.filter((one, index) => one === ofKind[index - 1])).toEqual([]);
  }
});

test('a rule runs as soon as it is there; a broken change is refused with its place, and what ran before goes on', async () => {
  const program = start();
  await put(eventSources, example('eventsource.yaml'));
  await put(sensors, example('sensor.yaml'));
  await eventually(async () => (await ready(sensors, 'ingress-sn'))['status'] === 'True');
  await eventually(async () => (await ready(eventSources, 'ingress-es'))['status'] === 'True');
  expect(await ready(sensors, 'ingress-sn')).toEqual({
    type: 'Ready',
    status: 'True',
    reason: 'Running',
    message: 'this rule runs',
    lastTransitionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    observedGeneration: 1,
  });

  await put(sensors, withTransform('.operation = (\n  if .type == "ADD" then "create"\n)'));
  const refused = await eventually(async () => {
    const found = await ready(sensors, 'ingress-sn');
    return found['status'] === 'False' && found;
  });
  expect(refused).toMatchObject({
    reason: 'TransformDoesNotCompile',
    message: expect.stringMatching(/^spec\.dependencies\[0\]\.transform\.jq: jq: .* at line 3, column 1 of the text/),
    observedGeneration: 2,
  });
  await eventually(async () => (await reasonsFor('ingress-sn')).includes('Refused'));
  await kube.create(services, annotated('before', 1));
  await eventually(async () => (await portOf(kube, 'before')) === 1);

  await put(sensors, example('sensor.yaml'));
  await eventually(async () => (await ready(sensors, 'ingress-sn'))['observedGeneration'] === 3);
  expect(await ready(sensors, 'ingress-sn')).toMatchObject({ status: 'True', reason: 'Running' });
  await eventually(async () => (await reasonsFor('ingress-sn')).join() === 'Refused,RunningAgain');
  expect(await reasonsFor('ingress-es')).toEqual([]);
  expect(count(program, 'rule refused')).toBe(1);
});

test('several processes run them: one works, another takes over, and they agree about the status', async () => {
  const processes: Process[] = await Promise.all(['0', '0'].map((port) => asProcess(start('--port', port))));
  for (const one of processes) await one.ready();
  const version = async () => (await kube.get(sensors, { namespace, name: 'ingress-sn' })).metadata.resourceVersion;
  const before = await version();
  await kube.create(services, annotated('shared', 2));
  await eventually(async () => (await portOf(kube, 'shared')) === 2);

  const worker = await eventually(() => processes.find((one) => /"trigger":"ingress".*"trigger fired"/.test(one.output())));
  await worker.stop('SIGKILL');
  await kube.create(services, annotated('after', 3));
  await eventually(async () => (await portOf(kube, 'after')) === 3, 20_000);
  expect(await version()).toBe(before);
  expect((await ingressNames(kube)).filter((name) => name === 'shared-ing')).toEqual(['shared-ing']);
});

test('a firing that is parked is told where the author looks', async () => {
  start();
  const sensor = example('sensor.yaml');
  sensor.metadata.name = 'refused-sn';
  const [trigger] = (sensor['spec'] as { triggers: { template: { k8s: { source: { resource: KubeObject } } } }[] }).triggers;
  (sensor['spec'] as { triggers: unknown[] }).triggers = [trigger];
  (trigger!.template.k8s.source.resource['spec'] as Record<string, unknown>)['defaultBackend'] = { service: { name: '', port: {} } };
  await put(sensors, sensor);
  await eventually(async () => (await ready(sensors, 'refused-sn'))['status'] === 'True');
  await kube.create(services, annotated('parked', 4));

  await eventually(async () => (await reasonsFor('refused-sn')).includes('FiringParked'));
  await kube.delete(sensors, { namespace, name: 'refused-sn' });
});

test('a rule that is deleted stops, also while a finalizer of somebody keeps the object; one that no JSON number can hold harms nobody', async () => {
  const program = start();
  const sensor = example('sensor.yaml');
  sensor.metadata.name = 'kept-sn';
  sensor.metadata['finalizers'] = ['example.com/kept'];
  (sensor['spec'] as Record<string, unknown>)['unheardOf'] = 12345678901234567n;
  await put(sensors, sensor);
  await program.seen(/"name":"kept-sn".*"msg":"rule loaded"/);
  await kube.delete(sensors, { namespace, name: 'kept-sn' });
  await program.seen(/"name":"kept-sn".*"msg":"rule removed"/);
  await program.seen(/"name":"ingress-sn".*"msg":"rule loaded"/);
  await kube.patch(sensors, { namespace, name: 'kept-sn' }, { metadata: { finalizers: null } }, 'application/merge-patch+json');

  expect(count(program, 'a part failed')).toBe(0);
});

test('an account without rights, and an API server that is away, are told and waited for', async () => {
  const file = join(api.kubeconfigPath, '..', 'nobody');
  writeFileSync(file, readFileSync(api.kubeconfigPath, 'utf8').replace(api.token, api.nobody));
  const program = start('--kubeconfig', file);
  await program.seen(/list eventsources.*forbidden/);
  await kube.raw('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: 'nobody' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'User', name: 'nobody' }],
  });
  await program.seen(/"name":"ingress-sn".*rule loaded/, 60_000);
  await api.kill();
  await program.seen(/the API server is away/);
  await api.restart();
  await eventually(() => kube.create(services, annotated('back', 5)), 30_000);

  await eventually(async () => (await portOf(kube, 'back')) === 5, 60_000);
  expect(count(program, '"resource":"eventsources"')).toBeLessThan(5);
});
