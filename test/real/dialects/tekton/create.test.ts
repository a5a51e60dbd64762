import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Firing } from '../../../../sensors/triggers/trigger.ts';
import type { JsonObject } from '../../../../src/core/json/json.ts';
import { openKube } from '../../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../../src/core/kube/kube.ts';
import { systemClock } from '../../../../src/core/time/clock.ts';
import { parseDocuments } from '../../../../src/core/yaml/documents.ts';
import { createAll, objectsOf, userOf } from '../../../../src/dialects/tekton/create/index.ts';
import { compileTemplate, uidOf } from '../../../../src/dialects/tekton/templates/index.ts';
import { eventually } from '../../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../../support/kube-apiserver.ts';
import { record } from '../../../support/record.ts';
import { tokenConfig } from '../../../support/token-config.ts';

const crds = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'crds', 'tekton.yaml');

describe.runIf(haveApiServer())('templates on a real kube-apiserver', () => {
  const namespace = uniqueName('templates');
  let kube: Kube;

  beforeAll(async () => {
    const at = await sharedApiServer();
    kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    await make({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    for (const { value } of parseDocuments(readFileSync(crds, 'utf8'))) {
      const crd = value as KubeObject;
      await kube.apply(await kube.kind(crd.apiVersion, crd.kind), crd, { fieldManager: 'test', force: true });
    }
    await eventually(async () => kube.list(await kube.kind('tekton.dev/v1', 'PipelineRun'), { namespace }), 20_000);
  }, 60_000);
  afterAll(() => kube?.[Symbol.asyncDispose]());

  const make = async (object: JsonObject) =>
    kube.create(await kube.kind(`${object['apiVersion']}`, `${object['kind']}`), object as KubeObject);
  const runs = async () => (await kube.list(await kube.kind('tekton.dev/v1', 'PipelineRun'), { namespace })).items;

  const template = compileTemplate({
    params: [{ name: 'title' }],
    resourcetemplates: [
      {
        apiVersion: 'tekton.dev/v1',
        kind: 'PipelineRun',
        metadata: { generateName: 'build-', annotations: { uid: '$(uid)' } },
        spec: { pipelineRef: { name: 'build' }, params: [{ name: 'title', value: 'it says: $(tt.params.title)' }] },
      },
    ],
  });

  function create(id: string, title: string, impersonate?: string) {
    const firing: Firing = { id, sensor: 'git', namespace, trigger: 'push', events: new Map(), orderKey: undefined };
    const resources = template(new Map([['title', title]]), uidOf(id));
    const objects = objectsOf(resources, { eventListener: 'git', trigger: 'push', namespace, eventId: id }, firing);
    return createAll(objects, { kube, firing, signal: new AbortController().signal }, impersonate);
  }

  test('a firing that comes twice creates one run, with whatever the event says in it', async () => {
    await create('f1', 'a "quote"\n$(params.x)');
    const { summary } = await create('f1', 'a "quote"\n$(params.x)');

    const [run, ...others] = await runs();

    expect(others).toEqual([]);
    expect(summary).toBe(`created PipelineRun ${namespace}/${run!.metadata.name} before`);
    expect(run).toMatchObject({
      metadata: {
        annotations: { uid: uidOf('f1'), 'sensorium.io/firing': 'f1' },
        labels: { 'triggers.tekton.dev/eventlistener': 'git', 'triggers.tekton.dev/triggers-eventid': 'f1' },
      },
      spec: { params: [{ name: 'title', value: 'it says: a "quote"\n$$(params.x)' }] },
    });
  });

  test('the account that a trigger names may do what its Role says, and no more', async () => {
    const account = userOf(namespace, 'builder');
    await make({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'builder', namespace } });

    await expect(create('f2', 'x', account)).rejects.toMatchObject({ code: 'REMOTE_KUBE_FORBIDDEN', retry: 'backoff' });
    const rbac = 'rbac.authorization.k8s.io';
    await make({
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: { name: 'builder', namespace },
      rules: [{ apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['create'] }],
    });
    await make({
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'builder', namespace },
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'builder' },
      subjects: [{ kind: 'ServiceAccount', name: 'builder', namespace }],
    });
    const { summary } = await eventually(() => create('f2', 'x', account), 20_000);

    expect(summary).toMatch(/^created PipelineRun \S+\/build-\w+$/);
    const made = (await runs()).find(({ metadata }) => metadata.annotations?.['sensorium.io/firing'] === 'f2');
    expect(made).toBeDefined();
  });
});
