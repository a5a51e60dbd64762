import { expect, test } from 'vitest';
import { localKube } from '../../../src/cli/connect.ts';
import { startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { rehearsalCluster } from '../../../src/cli/rehearse/cluster.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { record } from '../../support/record.ts';

const configMap = (name: string, data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'playground' },
  data,
});

const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'playground' },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [
          { name: 'a', image: 'a:1' },
          { name: 'b', image: 'b:1' },
        ],
      },
    },
  },
};

const change = { spec: { template: { spec: { containers: [{ name: 'b', image: 'b:2' }] } } } };
const containersOf = (object: KubeObject | undefined) =>
  (object as unknown as { spec: { template: { spec: { containers: unknown } } } }).spec.template.spec.containers;

test('a strategic patch merges a list by its key, a merge patch replaces it', async () => {
  const kube = rehearsalCluster({ existing: [deployment], namespace: 'playground' });
  const type = await kube.kind('apps/v1', 'Deployment');
  const name = { name: 'web', namespace: 'playground' };

  await kube.patch(type, name, change, 'application/strategic-merge-patch+json');
  await kube.patch(type, name, change, 'application/merge-patch+json');
  const [strategic, merge] = kube.takeChanges();

  expect(containersOf(strategic!.after)).toEqual([
    { name: 'a', image: 'a:1' },
    { name: 'b', image: 'b:2' },
  ]);
  expect(containersOf(merge!.after)).toEqual([{ name: 'b', image: 'b:2' }]);
  expect(deployment).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'a:1' }, { image: 'b:1' }] } } } });
});

test('server-side apply lays the object over what is there', async () => {
  const kube = rehearsalCluster({ existing: [configMap('c', { mine: 'a', yours: 'b' })], namespace: 'playground' });

  await kube.apply(await kube.kind('v1', 'ConfigMap'), configMap('c', { mine: 'x' }), { fieldManager: 'sensorium' });

  expect(kube.takeChanges()[0]!.after).toMatchObject({ data: { mine: 'x', yours: 'b' } });
});

test('a JSON patch that cannot be done is refused as the API server does', async () => {
  const kube = rehearsalCluster({ existing: [configMap('c', {})], namespace: 'playground' });
  const patch = [{ op: 'replace', path: '/data/no/where', value: 1 }];

  const patching = kube.patch(await kube.kind('v1', 'ConfigMap'), { name: 'c' }, patch, 'application/json-patch+json');

  await expect(patching).rejects.toMatchObject({ code: 'REMOTE_KUBE_INVALID' });
  expect(kube.takeChanges()).toEqual([]);
});

test('an object without a namespace is in that of the rule, and kinds that nobody knows have one', async () => {
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' } };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } };
  const kube = rehearsalCluster({ existing: [rollout, node], namespace: 'playground' });

  const found = await kube.get(await kube.kind(rollout.apiVersion, 'Rollout'), { name: 'r', namespace: 'playground' });
  await kube.delete(await kube.kind('v1', 'Node'), { name: 'n', namespace: 'playground' });

  expect(found).toEqual({ ...rollout, metadata: { name: 'r', namespace: 'playground' } });
  expect(kube.takeChanges()).toEqual([{ target: 'Node n', before: node, after: undefined }]);
});

test('of a cluster that nobody described nothing is assumed', async () => {
  const kube = rehearsalCluster({ existing: undefined, namespace: 'playground' });

  await expect(kube.get(await kube.kind('v1', 'ConfigMap'), { name: 'c', namespace: 'playground' })).rejects.toMatchObject({
    code: 'CONFIG_MISSING',
    message: 'this needs ConfigMap playground/c as it is on the cluster, and nothing says what is there',
  });
});

test('a real cluster is read, and what is written stays here', async () => {
  const { tell } = record();
  await using cluster = await startLocalCluster();
  await using real = await localKube(cluster, 'default', { tell, clock: systemClock });
  const type = await real.kind('v1', 'ConfigMap');
  const there = configMap('c', { a: '1' });
  await real.create(type, { ...there, metadata: { name: 'c', namespace: 'default' } });
  const kube = rehearsalCluster({ existing: undefined, behind: real, namespace: 'default' });
  const name = { name: 'c', namespace: 'default' };

  await kube.patch(type, name, { data: { a: '2' } }, 'application/merge-patch+json');
  await kube.delete(type, name);

  expect(kube.takeChanges().map((one) => [one.before?.['data'], one.after?.['data']])).toEqual([
    [{ a: '1' }, { a: '2' }],
    [{ a: '2' }, undefined],
  ]);
  expect((await real.get(type, name))['data']).toEqual({ a: '1' });
  await expect(kube.get(type, name)).rejects.toMatchObject({ code: 'REMOTE_KUBE_NOT_FOUND' });
});
