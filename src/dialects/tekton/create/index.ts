/**
 * Creates what a template has made, in its order, once for a firing.
 *
 * At the first failure it stops: what was created before stays, and the next attempt finds it by its name and goes on behind it. Nothing is
 * ever changed or deleted.
 */
import { createOnce } from '../../../../sensors/triggers/k8s/create-once.ts';
import type { Outcome, TriggerContext } from '../../../../sensors/triggers/trigger.ts';
import { type KubeObject, nameOf, type ResourceType } from '../../../core/kube/kube.ts';

export { type Cause, objectsOf } from './objects.ts';

/** "create PipelineRun ci/build-1a2b and ConfigMap ci/notes". */
export const describe = (objects: readonly KubeObject[]): string =>
  objects.length === 0 ? 'create nothing' : `create ${listed(objects.map((object) => nameOf(object, object.metadata)))}`;

/** The user that a ServiceAccount is for the API server. */
export const userOf = (namespace: string, serviceAccount: string): string => `system:serviceaccount:${namespace}:${serviceAccount}`;

/**
 * `impersonate` is the user in whose name it is done, where that is not our own. Rejects with what the API server says; REMOTE_KUBE_EXISTS,
 * which is never tried again, where something else has an object's name.
 */
export async function createAll(
  objects: readonly KubeObject[],
  context: Pick<TriggerContext, 'kube' | 'firing' | 'signal'>,
  impersonate?: string,
): Promise<Outcome> {
  const made: { readonly shown: string; readonly object: KubeObject }[] = [];
  for (const object of objects) {
    const type = await context.kube.kind(object.apiVersion, object.kind);
    const { object: there, before } = await createOnce(type, placed(object, type), context, impersonate);
    made.push({ shown: `${nameOf(type, there.metadata)}${before ? ' before' : ''}`, object: there });
  }
  const detail = made.map(({ object: { apiVersion, kind, metadata } }) => {
    const { name, namespace } = metadata;
    return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
  });
  return { summary: made.length === 0 ? 'created nothing' : `created ${listed(made.map(({ shown }) => shown))}`, detail };
}

/** Where discovery says that it lives: some kinds live in no namespace. */
function placed(object: KubeObject, type: ResourceType): KubeObject {
  if (type.namespaced) return object;
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as KubeObject['metadata'] };
}

const listed = (names: readonly string[]): string => [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
