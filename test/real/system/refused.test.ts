import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { eventually } from '../../support/eventually.ts';
import { roleBindings, roles, services } from '../../support/kinds.ts';
import { kubeconfig } from '../../support/kubeconfig.ts';
import { annotated, ingressNames, portOf, setPort, startWorld } from './world.ts';

const mayIngresses: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'may', namespace: 'playground' },
  rules: [{ apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['get', 'create', 'update', 'delete'] }],
};

test('a Service made, changed and deleted while the API server refuses Ingresses leaves none, and its neighbour has its own', async () => {
  await using world = await startWorld();
  const { kube, api } = world;
  await kube.create(roles, { ...mayIngresses, rules: [] });
  await kube.create(roleBindings, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'may', namespace: 'playground' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'may' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody' }],
  });
  const restricted = `${world.rules}-kubeconfig.json`;
  writeFileSync(restricted, kubeconfig({ ...api, token: api.nobody }));
  const source = await world.start('eventsource');
  const sensor = await world.start('sensor', '--kubeconfig', restricted);
  await Promise.all([source.ready(), sensor.ready()]);

  await kube.create(services, annotated('short-lived', 1));
  await setPort(kube, 'short-lived', 2);
  await kube.delete(services, { namespace: 'playground', name: 'short-lived' });
  await kube.create(services, annotated('neighbour', 5));
  await sensor.seen(/forbidden/);
  await eventually(async () => (await source.metric('sensorium_events_published_total')) >= 4);
  expect(await ingressNames(kube)).toEqual([]);

  await kube.patch(roles, { namespace: 'playground', name: 'may' }, { rules: mayIngresses['rules'] }, 'application/merge-patch+json');

  await eventually(async () => (await portOf(kube, 'neighbour')) === 5, 40_000);
  await eventually(async () => (await sensor.metric('sensorium_triggers_fired_total')) >= 8, 40_000);
  expect(await ingressNames(kube)).toEqual(['neighbour-ing']);
});
