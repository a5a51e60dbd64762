import { expect, test } from 'vitest';
import { localKube } from '../../../src/cli/connect.ts';
import { startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { runRulesFromApi } from '../../../src/cli/rules/from-api.ts';
import type { Workbench } from '../../../src/cli/workbench.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { eventually } from '../../support/eventually.ts';
import { record } from '../../support/record.ts';

const broker = (namespace: string, name: string) => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: { namespace, name },
  spec: {},
});

/** The rules that come from an API server with a Broker in each of two namespaces, both of which ask for a `default` one, while one more comes. */
async function rulesOf(namespace: string | undefined): Promise<string[]> {
  const { tell } = record();
  const clock = systemClock;
  const cluster = await startLocalCluster();
  await using _ = { [Symbol.asyncDispose]: () => cluster.close() };
  await using kube = await localKube(cluster, 'default', { tell, clock });
  const put = async (object: object) => {
    const { apiVersion, kind } = object as KubeObject;
    await kube.create(await kube.kind(apiVersion, kind), object as KubeObject);
  };
  for (const definition of crds(['knative'])) await put(definition);
  for (const name of ['ours', 'theirs']) {
    await put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'eventing.knative.dev/injection': 'enabled' } } });
    await put(broker(name, 'first'));
  }
  const found = new Set<string>();
  const workbench = {
    set: async ({ kind, metadata }) => void found.add(`${kind} ${metadata.namespace}/${metadata.name}`),
  } as Partial<Workbench> as Workbench;
  const stop = new AbortController();
  const { ended } = runRulesFromApi(workbench, { kube, clock, tell, signal: stop.signal, namespace, systems: ['knative'] });
  // Whoever would see the other Namespace has seen it by then: it is in the same list.
  await eventually(() => found.has('Namespace /ours') && found.has('Broker ours/first'));
  await put(broker('ours', 'last'));
  await eventually(() => found.has('Broker ours/last'));
  stop.abort();
  await ended;
  return [...found].sort();
}

test('a process that works one namespace looks at no other: no Broker is made where another Namespace asks for one', async () => {
  expect(await rulesOf('ours')).toEqual(['Broker ours/first', 'Broker ours/last', 'Namespace /ours']);
});

test('one that works all looks at all', async () => {
  const found = await rulesOf(undefined);

  expect(found).toEqual(expect.arrayContaining(['Broker theirs/first', 'Namespace /ours', 'Namespace /theirs']));
});
