import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { type ApiServerAddress, haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { kubeconfig } from '../../support/kubeconfig.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream } from '../../support/open-bus.ts';
import { record } from '../../support/record.ts';
import { startSensorium } from '../../support/sensorium.ts';
import { tokenConfig } from '../../support/token-config.ts';

const namespace = uniqueName('validate');

const rules = `apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es, namespace: ${namespace}}
spec:
  resource:
    pods: {version: v1, resource: pods, namespace: ${namespace}, eventTypes: [ADD]}
    gadgets: {group: example.com, version: v1, resource: gadgets, eventTypes: [ADD]}
---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: sn, namespace: ${namespace}}
spec:
  dependencies:
    - {name: d, eventSourceName: es, eventName: pods}
  triggers:
    - template:
        name: make
        k8s:
          source: {resource: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: x-}}}
    - template:
        name: from-map
        k8s:
          source: {configmap: {name: templates, key: job}}
`;

const others = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: forge, namespace: ${namespace}}
spec:
  triggers:
    - interceptors: [{ref: {name: github}, params: [{name: secretRef, value: {secretName: hook, secretKey: token}}]}]
      template: {ref: make}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: make, namespace: ${namespace}}
spec:
  resourcetemplates: [{apiVersion: example.com/v1, kind: Gadget, metadata: {name: x}}]
---
apiVersion: sources.knative.dev/v1
kind: ApiServerSource
metadata: {name: pods, namespace: ${namespace}}
spec:
  resources: [{apiVersion: v1, kind: Pod}]
  sink: {uri: "http://x/"}
`;

describe.runIf(haveApiServer())('validate --connect', () => {
  let folder: string;
  let at: ApiServerAddress;

  beforeAll(async () => {
    at = await sharedApiServer();
    folder = mkdtempSync(join(tmpdir(), 'sensorium-connect-'));
    writeFileSync(join(folder, 'rules.yaml'), rules);
    writeFileSync(join(folder, 'others.yaml'), others);
    for (const [name, token] of Object.entries({ admin: at.token, nobody: at.nobody }))
      writeFileSync(join(folder, name), kubeconfig({ ...at, token, namespace }));
    await using kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    const create = async (object: KubeObject) => kube.create(await kube.kind(object.apiVersion, object.kind), object);
    await create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'some', namespace } };
    await create({ ...role, kind: 'Role', rules: [{ apiGroups: [''], resources: ['pods', 'configmaps'], verbs: ['list', 'get'] }] });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'some' };
    await create({
      ...role,
      kind: 'RoleBinding',
      roleRef,
      subjects: [{ kind: 'User', name: 'nobody', apiGroup: 'rbac.authorization.k8s.io' }],
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function connect(account: string, bus: string, file = 'rules.yaml'): Promise<{ code: number | string; output: string }> {
    await using program = startSensorium(['validate', file, '--connect', '--kubeconfig', account, '--bus', bus], { cwd: folder });
    const code = await program.ended;
    return { code, output: program.output() };
  }

  const unknown =
    'rules.yaml:7:58  error  the API server does not know resource "gadgets" in example.com/v1  REMOTE_KUBE_UNKNOWN_KIND\n  try: is its CustomResourceDefinition installed?\n';
  const noMap = `rules.yaml:23:31  error  ConfigMap ${namespace}/templates has no readable key "job": there is no such ConfigMap  CONFIG_SECRET\n`;

  test('an account that may do everything lacks only what is not there', async () => {
    await using nats = await startNats();

    expect(await connect('admin', nats.url)).toEqual({ code: 2, output: `${unknown}${noMap}2 objects, 2 errors, 0 warnings\n` });
  });

  test('an account with too few rights learns which ones it lacks', async () => {
    await using nats = await startNats();

    const { code, output } = await connect('nobody', nats.url);

    expect(code).toBe(2);
    expect(output).toBe(
      `rules.yaml:6:35  error  watch pods in namespace ${namespace}: forbidden: this account may not do that  REMOTE_KUBE_FORBIDDEN
  try: a Role needs apiGroups: [""], resources: [pods], verbs: [watch]
${unknown}rules.yaml:19:53  error  create configmaps in namespace ${namespace}: forbidden: this account may not do that  REMOTE_KUBE_FORBIDDEN
  try: a Role needs apiGroups: [""], resources: [configmaps], verbs: [create]
${noMap}2 objects, 4 errors, 0 warnings
`,
    );
  });

  test('a bus without JetStream is found, and one that has its stream is as before', async () => {
    await using plain = await startNats({ jetstream: false });
    await using nats = await startNats();
    await using bus = await openJetStream(nats);
    const created = await bus.streamCreated();

    expect((await connect('admin', plain.url)).output).toContain(
      `rules.yaml:5:3  error  the bus at ${plain.url}: JetStream is off; start nats-server with -js  CONFIG_INVALID\n`,
    );
    expect((await connect('admin', nats.url)).output).toBe(`${unknown}${noMap}2 objects, 2 errors, 0 warnings\n`);
    expect(await bus.streamCreated()).toEqual(created);
  });

  test('rules of other systems need what they create and watch, and the Secrets of their interceptors', async () => {
    await using nats = await startNats();

    expect(await connect('nobody', nats.url, 'others.yaml')).toEqual({
      code: 2,
      output: `others.yaml:6:78  error  get Secret ${namespace}/hook: forbidden: User "nobody" cannot get resource "secrets" in API group "" in the namespace "${namespace}"  REMOTE_KUBE_FORBIDDEN
  try: the account lacks a Role; see the RBAC of the example
others.yaml:13:58  error  the API server does not know kind "Gadget" in example.com/v1  REMOTE_KUBE_UNKNOWN_KIND
  try: is its CustomResourceDefinition installed?
others.yaml:19:15  error  watch pods in namespace ${namespace}: forbidden: this account may not do that  REMOTE_KUBE_FORBIDDEN
  try: a Role needs apiGroups: [""], resources: [pods], verbs: [watch]
3 objects, 3 errors, 0 warnings
`,
    });
  });

  test('where the bus is, somebody must say', async () => {
    await using program = startSensorium(['validate', 'rules.yaml', '--connect', '--kubeconfig', 'admin'], { cwd: folder });
    await program.ended;

    expect(program.output()).toContain(
      `rules.yaml:5:3  error  nothing says where the bus ${namespace}/default is  CONFIG_MISSING\n  try: give its URL with --bus, or an EventBus with jetstreamExotic.url\n`,
    );
  });

  test('when nobody is there it ends with 3, after what is known', async () => {
    const { code, output } = await connect('admin', 'nats://127.0.0.1:1');

    expect(code).toBe(3);
    expect(output).toContain(`${unknown}${noMap}2 objects, 2 errors, 0 warnings\n`);
    expect(output).toContain('sensorium: the bus at nats://127.0.0.1:1 cannot be reached: ');
  });
});
