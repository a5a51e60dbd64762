import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { foreignDefinitions } from '../../../src/cli/local-cluster/simulate/index.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { eventually } from '../../support/eventually.ts';
import { type ApiServer, startApiServer } from '../../support/kube-apiserver.ts';
import { type Kubectl, kubectl } from '../../support/kubectl.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import { startReceiver } from '../../support/receiver.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';

/** Rules of Tekton and Knative as their users apply them, on a real API server, while `run --from-cluster` follows. */
const namespace = 'playground';
let api: ApiServer;
let nats: Nats;
let run: Kubectl;
const programs: Program[] = [];

beforeAll(async () => {
  [api, nats] = await Promise.all([startApiServer(), startNats()]);
  run = kubectl(readFileSync(api.kubeconfigPath, 'utf8'), namespace);
  await run(`create namespace ${namespace}`);
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program[Symbol.asyncDispose]();
});
afterAll(async () => {
  run?.[Symbol.dispose]();
  await nats?.[Symbol.asyncDispose]();
  await api?.[Symbol.asyncDispose]();
});

async function start(...words: string[]): Promise<{ program: Program; listener: number; ingress: number }> {
  const [listener, ingress] = [await freePort(), await freePort()];
  const listens = ['--listen', `builds=${listener}`, '--listen', `broker-ingress=${ingress}`];
  const account = words.includes('--kubeconfig') ? [] : ['--kubeconfig', api.kubeconfigPath];
  const at = [...account, '--bus', nats.url, '--host', '127.0.0.1'];
  const flags = ['--from-cluster', '-n', namespace, '--log', 'json', ...at, ...listens, ...words];
  const program = startSensorium(['run', ...flags], { env: { KUBERNETES_SERVICE_HOST: '' } });
  programs.push(program);
  return { program, listener, ingress };
}

/** As people apply it. */
async function apply(text: string): Promise<void> {
  const { code, err } = await run('apply -f -', { input: text });
  if (code !== 0) throw new Error(err);
}

const shows = async (words: string): Promise<string> => (await run(`get ${words}`)).out;

/** In the early form: `template.name`, `replicas`, a `cel` of its own, `$(params.…)`. */
const builds = (message: string) => `
apiVersion: triggers.tekton.dev/v1alpha1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: revision}]
  resourcetemplates:
    - apiVersion: tekton.dev/v1beta1
      kind: PipelineRun
      metadata: {generateName: build-, labels: {message: ${message}}}
      spec: {pipelineRef: {name: build}, params: [{name: revision, value: $(params.revision)}]}
---
apiVersion: triggers.tekton.dev/v1alpha1
kind: TriggerBinding
metadata: {name: push}
spec: {params: [{name: revision, value: $(body.head_commit.id)}]}
---
apiVersion: triggers.tekton.dev/v1alpha1
kind: EventListener
metadata: {name: builds}
spec:
  serviceAccountName: builder
  replicas: 1
  triggers:
    - name: push
      interceptors: [{cel: {filter: body.head_commit.id != ''}}]
      bindings: [{ref: push}]
      template: {name: build}
`;

const post = (port: number, id: string) =>
  fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ head_commit: { id } }),
  });

/** The message and the revision of each run. */
const runs = (): Promise<string> => shows('pipelineruns -o custom-columns=A:.metadata.labels.message,B:.spec.params[0].value --no-headers');

test('kinds of other systems may come while it runs', async () => {
  const { program, listener } = await start();
  await program.seen(/refuses the watch.*refuses the watch/s);
  for (const crd of [...crds(), ...(await foreignDefinitions())]) await run('apply --server-side -f -', { input: JSON.stringify(crd) });
  await eventually(() => apply(builds('first')).then(() => true), 20_000);

  await eventually(async () => (await post(listener, 'early')).status === 202, 30_000);
  await eventually(async () => (await runs()) === 'first   early\n');
});

test('a listener in its early form runs, is shown with its address, and follows what is applied and deleted', async () => {
  const { listener } = await start();
  await apply(builds('first'));
  await eventually(async () => (await shows('eventlistener')).includes(`:${listener} `));
  expect(await shows('eventlisteners.v1beta1.triggers.tekton.dev')).toMatch(
    new RegExp(`^NAME +ADDRESS +READY +REASON +AGE\\nbuilds +http://127.0.0.1:${listener} +True +Running +\\S+\\n$`),
  );

  await apply(builds('second'));
  await eventually(async () => {
    await post(listener, 'changed');
    return /second +changed/.test(await runs());
  });

  await run('delete eventlistener builds');
  await eventually(() =>
    post(listener, 'late').then(
      () => false,
      () => true,
    ),
  );
});

/** In the first form: another group, a sink without `ref`, no Broker, a Trigger that names none. */
const cluster = `
apiVersion: sources.eventing.knative.dev/v1alpha1
kind: ApiServerSource
metadata: {name: told}
spec:
  mode: Resource
  resources: [{apiVersion: v1, kind: Event}]
  sink: {apiVersion: eventing.knative.dev/v1alpha1, kind: Broker, name: default}
---
apiVersion: eventing.knative.dev/v1alpha1
kind: Trigger
metadata: {name: shown}
spec:
  subscriber: {ref: {apiVersion: serving.knative.dev/v1alpha1, kind: Service, name: event-display}}
`;

const kubeEvent = (name: string) => `
apiVersion: v1
kind: Event
metadata: {name: ${name}}
involvedObject: {kind: Pod, name: busybox, namespace: ${namespace}}
type: Normal
reason: Started
message: Started container busybox
`;

test('rules of Knative in their first form, and a Broker that a label asks for while it runs', async () => {
  await using display = await startReceiver();
  const { ingress } = await start('--sink', `event-display=${display.url}`);
  const seen = () => display.received.map(({ headers }) => `${headers['Ce-Name']} ${headers['Ce-Type']?.split('.').at(-1)}`);
  await apply(cluster);
  await eventually(async () => /^shown .* False +BrokerDoesNotExist /m.test(await shows('triggers.eventing.knative.dev')));
  await eventually(async () => /^told .* False +SinkNotFound /m.test(await shows('apiserversources.sources.eventing.knative.dev')));

  await run(`label namespace ${namespace} knative-eventing-injection=enabled`);
  await eventually(async () => / True /.test(await shows('triggers.eventing.knative.dev')));
  await eventually(async () => / True /.test(await shows('apiserversources.sources.eventing.knative.dev')));
  expect(await shows('triggers.eventing.knative.dev')).toMatch(
    new RegExp(`^NAME +BROKER +SUBSCRIBER_URI +READY +REASON +AGE\\nshown +default +${display.url} +True +Running +\\S+\\n$`),
  );
  expect(await shows('apiserversources.sources.eventing.knative.dev')).toMatch(
    new RegExp(`^NAME +SINK +READY +REASON +AGE\\ntold +http://127.0.0.1:${ingress}/${namespace}/default +True +Running +\\S+\\n$`),
  );
  await apply(kubeEvent('one'));
  await eventually(() => seen().includes('one add'));

  // kubectl takes today's version for it, which has no Trigger without a Broker.
  const patch = JSON.stringify({ spec: { filter: { attributes: { type: 'dev.knative.apiserver.resource.delete' } } } });
  await run(['patch', 'triggers.eventing.knative.dev', 'shown', '--type=merge', '-p', patch]);
  await eventually(async () => {
    const words =
      'triggers.eventing.knative.dev shown -o jsonpath={.status.conditions[0].status}{.status.conditions[0].observedGeneration}';
    return (await shows(words)) === 'True2';
  });
  await apply(kubeEvent('two'));
  await run('delete event two');
  await eventually(() => seen().includes('two delete'));
  expect(seen()).toEqual(['one add', 'two delete']);
});

test('a Broker and what sends to it and gets from it come, change and go', async () => {
  await using display = await startReceiver();
  const { ingress } = await start('--sink', `event-display=${display.url}`);
  const send = () =>
    fetch(`http://127.0.0.1:${ingress}/${namespace}/shop`, {
      method: 'POST',
      headers: { 'ce-specversion': '1.0', 'ce-id': randomUUID(), 'ce-type': 'order', 'ce-source': '/shop' },
    }).then(
      ({ status }) => status,
      () => 0,
    );
  const trigger = (path: string) => `
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: orders}
spec:
  broker: shop
  subscriber: {ref: {apiVersion: v1, kind: Service, name: event-display}, uri: ${path}}
`;
  await apply(trigger('/first'));
  await eventually(async () => /^orders .* False +BrokerDoesNotExist /m.test(await shows('triggers.eventing.knative.dev')));

  await apply('{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: shop}}');
  await eventually(async () => (await send()) === 202);
  await eventually(async () => / True /.test(await shows('broker shop')));
  expect(await shows('broker shop')).toMatch(
    new RegExp(`^NAME +URL +READY +REASON +AGE\\nshop +http://127.0.0.1:${ingress}/${namespace}/shop +True +Running +\\S+\\n$`),
  );
  await eventually(() => display.received.some(({ path }) => path === '/first'));

  await apply(trigger('/second'));
  await eventually(async () => {
    await send();
    return display.received.at(-1)?.path === '/second';
  });
  await run('delete triggers.eventing.knative.dev orders');
  await run('delete broker shop');
  await eventually(async () => (await send()) === 404);
});

test('what changes while the Broker of a source is gone is sent when it is back', async () => {
  await using display = await startReceiver();
  await start('--sink', `event-display=${display.url}`);
  // What an earlier test had on its way when it ended may come here.
  const ours = ['before', 'meanwhile'];
  const seen = () => display.received.flatMap(({ headers }) => ours.filter((name) => name === headers['Ce-Name']));
  const shop = '{apiVersion: eventing.knative.dev/v1, kind: Broker, metadata: {name: shop}}';
  await apply(`${shop}\n---\n${toShop}`);
  await eventually(async () => / True /.test(await shows('apiserversources.sources.knative.dev')));
  await run('create configmap before');
  await eventually(() => seen().includes('before'));

  await run('delete broker shop');
  await eventually(async () => / False +SinkNotFound /.test(await shows('apiserversources.sources.knative.dev')));
  await run('create configmap meanwhile');
  await apply(shop);
  await eventually(() => seen().includes('meanwhile'), 20_000);

  expect(seen()).toEqual(['before', 'meanwhile']);
  await run('delete apiserversources.sources.knative.dev,triggers.eventing.knative.dev --all');
});

const toShop = `
apiVersion: sources.knative.dev/v1
kind: ApiServerSource
metadata: {name: to-shop}
spec:
  mode: Resource
  resources: [{apiVersion: v1, kind: ConfigMap}]
  sink: {ref: {apiVersion: eventing.knative.dev/v1, kind: Broker, name: shop}}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: of-shop}
spec: {broker: shop, subscriber: {ref: {apiVersion: v1, kind: Service, name: event-display}}}
`;

test('it does with exactly what generate rbac --from-cluster writes', async () => {
  await run(
    'delete eventlisteners.triggers.tekton.dev,apiserversources.sources.eventing.knative.dev,apiserversources.sources.knative.dev --all',
  );
  await using display = await startReceiver();
  const rules = `${builds('allowed').replace('- name: push', '- name: push\n      serviceAccountName: builder')}---${cluster}`;
  await using generate = startSensorium(['generate', 'rbac', '-', '--from-cluster', '-n', namespace], { input: rules });
  expect(await generate.ended).toBe(0);
  await apply(generate.output());
  await apply(builder);
  const { out: token } = await run('create token sensorium');
  const file = join(run.folder, 'sensorium');
  writeFileSync(file, readFileSync(api.kubeconfigPath, 'utf8').replace(api.token, token.trim()));

  const { program, listener } = await start('--sink', `event-display=${display.url}`, '--kubeconfig', file);
  await apply(rules);
  await eventually(async () => {
    await post(listener, 'allowed');
    return /allowed +allowed/.test(await runs());
  });
  await eventually(async () => / True /.test(await shows('apiserversources.sources.eventing.knative.dev')));
  await apply(kubeEvent('three'));
  await run('delete event three');
  await eventually(() => display.received.some(({ headers }) => headers['Ce-Name'] === 'three'));

  expect(program.output()).not.toContain('FORBIDDEN');
});

/** What the account in whose name is created may do. */
const builder = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: builder}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: builder}
rules: [{apiGroups: [tekton.dev], resources: [pipelineruns], verbs: [create, get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: builder}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: builder}
subjects: [{kind: ServiceAccount, name: builder, namespace: ${namespace}}]
`;
