import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { type Kube, type KubeObject, nameOf, type ResourceType } from '../../../src/core/kube/kube.ts';
import type { TriggerContext } from '../trigger.ts';
import { isMarkedBy, markedBy } from './marks.ts';

/**
 * Creates an object, with the firing's id on it, once for a firing: what is there already is a success when this very firing made it.
 * `impersonate` is the user in whose name it is created. Resolves with the object as it is there, and whether it was made before. Rejects
 * as `Kube.create` does; with CONFLICT_KUBE when it went meanwhile, and can be made now.
 */
export async function createOnce(
  type: ResourceType,
  object: KubeObject,
  { kube, firing, signal }: Pick<TriggerContext, 'kube' | 'firing' | 'signal'>,
  impersonate?: string,
): Promise<{ object: KubeObject; before: boolean }> {
  try {
    return { object: await kube.create(type, markedBy(firing, object), { signal, impersonate }), before: false };
  } catch (thrown) {
    if (!isCode(thrown, 'REMOTE_KUBE_EXISTS')) throw thrown;
    const found = await findObject(kube, type, object, signal);
    if (!found) throw new EngineError('CONFLICT_KUBE', { verb: 'create', target: nameOf(type, object.metadata) }, { cause: thrown });
    if (!isMarkedBy(firing, found)) throw thrown;
    return { object: found, before: true };
  }
}

async function findObject(kube: Kube, type: ResourceType, { metadata }: KubeObject, signal: AbortSignal): Promise<KubeObject | undefined> {
  try {
    return await kube.get(type, type.namespaced ? metadata : { name: metadata.name }, { signal });
  } catch (thrown) {
    if (isCode(thrown, 'REMOTE_KUBE_NOT_FOUND')) return undefined;
    throw thrown;
  }
}

const isCode = (thrown: unknown, code: EngineError['code']): boolean => thrown instanceof EngineError && thrown.code === code;
