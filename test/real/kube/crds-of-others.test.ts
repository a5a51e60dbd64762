import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foreignDefinitions } from '../../../src/cli/local-cluster/simulate/index.ts';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';

describe.runIf(haveApiServer())('examples/crds on a real kube-apiserver', () => {
  const namespace = uniqueName('crds');
  let kube: Kube;
  beforeAll(async () => {
    const at = await sharedApiServer();
    kube = openKube(tokenConfig(at, at.token, namespace), { tell: record().tell, clock: systemClock });
    await kube.create(await kube.kind('v1', 'Namespace'), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const definitions = await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    for (const one of await foreignDefinitions()) await kube.apply(definitions, one, { fieldManager: 'test', force: true });
  });
  afterAll(() => kube?.[Symbol.asyncDispose]());

  const create = (object: object) =>
    eventually(async () => {
      const { apiVersion, kind } = object as KubeObject;
      return kube.create(await kube.kind(apiVersion, kind), object as KubeObject);
    }, 20_000);

  test.each(['PipelineRun', 'TaskRun', 'Pipeline', 'Task'])('a %s of either version is kept whole, and read in the other', async (kind) => {
    const spec = { params: [{ name: 'a', value: { b: ['c'] } }], anything: { else: 1 } };

    for (const [written, other] of [
      ['v1', 'v1beta1'],
      ['v1beta1', 'v1'],
    ] as const) {
      const { metadata } = await create({ apiVersion: `tekton.dev/${written}`, kind, metadata: { generateName: 'x-', namespace }, spec });
      const read = await kube.get(await kube.kind(`tekton.dev/${other}`, kind), metadata);

      expect(read).toMatchObject({ apiVersion: `tekton.dev/${other}`, kind, spec });
    }
  });

  test('an Image belongs to no namespace, and keeps what stands beside its metadata', async () => {
    const name = uniqueName('sha256-');
    await create({
      apiVersion: 'image.openshift.io/v1',
      kind: 'Image',
      metadata: { name },
      dockerImageReference: 'r/i@x',
      dockerImageLayers: [{ size: 1 }],
    });

    expect(await kube.get(await kube.kind('image.openshift.io/v1', 'Image'), { name })).toMatchObject({
      dockerImageReference: 'r/i@x',
      dockerImageLayers: [{ size: 1 }],
    });
  });
});
