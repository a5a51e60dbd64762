import { randomUUID } from 'node:crypto';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { coreKinds } from '../kinds/core.ts';
import { forbidden } from '../status.ts';
import type { Target } from '../target.ts';
import { timestamp, type World } from '../world.ts';

const namespaceVersion = coreKinds.find(({ resource }) => resource === 'namespaces')!.versions[0]!;

/** Namespaces come into being with the first object in them; into one that is being deleted nothing can be put. */
export function ensureNamespace(world: World, target: Target, name: string): void {
  const namespace = world.store.collection('namespaces').get('', target.namespace!);
  if (!namespace) makeNamespace(world, target.namespace!);
  else if (namespace.metadata.deletionTimestamp !== undefined) {
    const because = `unable to create new content in namespace ${target.namespace} because it is being terminated`;
    const cause = {
      reason: 'NamespaceTerminating',
      message: `namespace ${target.namespace} is being terminated`,
      field: 'metadata.namespace',
    };
    throw forbidden(target.resource, name, because, [cause]);
  }
}

export function makeNamespace(world: World, name: string): void {
  const metadata = { name, uid: randomUUID(), creationTimestamp: timestamp(world.clock) };
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata };
  namespaceVersion.complete!(namespace, undefined);
  world.store.collection('namespaces').put(namespace);
}
