import { equalJson } from '../../../core/json/equal.ts';
import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { shownAs } from '../kinds/resource.ts';
import { badRequest, changedMeanwhile, conflict, notFound } from '../status.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';
import { checkNamespace } from './create.ts';
import { afterUpdate } from './delete.ts';
import { finish } from './finish.ts';
import type { WriteOptions } from './options.ts';
import { trackWrite } from './track.ts';

/**
 * PUT and PATCH: `change` makes the wanted object out of the live one, which it must not touch. When somebody else writes meanwhile, it is
 * asked again, unless the wanted object names the resourceVersion that it is based on: then the answer is 409.
 * A write that changes nothing keeps the resourceVersion. `track` notes who owns which fields.
 */
export async function update(
  world: World,
  target: Target,
  options: WriteOptions,
  change: (live: KubeObject) => KubeObject,
  track = (live: KubeObject, next: KubeObject) => trackWrite(world, target, options, live, next),
): Promise<KubeObject> {
  const { resource, version } = target;
  const collection = world.store.collection(resource.storedAs);
  const [namespace, name] = [target.namespace ?? '', target.name!];
  for (;;) {
    const stored = collection.get(namespace, name);
    if (!stored) throw notFound(resource, name);
    const live = shownAs(target, stored);
    const wanted = change(live);
    checkIdentity(target, live, wanted);
    const next = await finish(world, target, merged(target, live, wanted), live, options);
    next.metadata = track(live, next).metadata;
    if (collection.get(namespace, name) !== stored) continue;
    if (sameState(live, next)) return live;
    if (resource.generation && live.metadata.generation !== undefined && wantsOther(target, live, next)) {
      next.metadata.generation = live.metadata.generation + 1;
    }
    if (options.dryRun) return next;
    return shownAs(target, afterUpdate(world, target, collection.put(version.toStored?.(next) ?? next)));
  }
}

function checkIdentity(target: Target, live: KubeObject, wanted: KubeObject): void {
  const { resource, name } = target;
  checkNamespace(target, wanted);
  if (wanted.metadata.name && wanted.metadata.name !== name) {
    throw badRequest(`the name of the object (${wanted.metadata.name}) does not match the name on the URL (${name})`);
  }
  if (wanted.metadata.uid && wanted.metadata.uid !== live.metadata.uid) {
    throw conflict(
      resource,
      name!,
      `Precondition failed: UID in precondition: ${wanted.metadata.uid}, UID in object meta: ${live.metadata.uid}`,
    );
  }
  const base = wanted.metadata.resourceVersion;
  if (base && base !== live.metadata.resourceVersion) throw changedMeanwhile(resource, name!);
}

/** The wanted object with what this endpoint may not change taken from the live one. */
function merged(target: Target, live: KubeObject, wanted: KubeObject): KubeObject {
  if (target.subresource === 'status') {
    const { status: _, ...rest } = structuredClone(live);
    return (wanted.status === undefined ? rest : { ...rest, status: wanted.status }) as KubeObject;
  }
  const metadata = { ...wanted.metadata, name: live.metadata.name } as KubeObject['metadata'] & JsonObject;
  for (const field of [
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'resourceVersion',
  ]) {
    const value = live.metadata[field];
    if (value === undefined) delete metadata[field];
    else metadata[field] = value;
  }
  const next: KubeObject = { ...wanted, metadata };
  if (target.version.status) {
    delete next.status;
    if (live.status !== undefined) next.status = structuredClone(live.status);
  }
  return next;
}

/** Whether nothing has changed but the times at which owners wrote. */
function sameState(live: KubeObject, next: KubeObject): boolean {
  return equalJson(withoutTimes(live), withoutTimes(next));
}

function withoutTimes(object: KubeObject): KubeObject {
  const { managedFields } = object.metadata;
  if (!Array.isArray(managedFields)) return object;
  return {
    ...object,
    metadata: { ...object.metadata, managedFields: managedFields.map((entry) => ({ ...(entry as JsonObject), time: null })) },
  };
}

/** Whether what is wanted has changed, not only its description or what is seen of it. */
function wantsOther(target: Target, live: KubeObject, next: KubeObject): boolean {
  const wanted = ({ metadata: _, status, ...rest }: KubeObject) =>
    target.resource.custom && !target.version.status ? { ...rest, status: status ?? null } : rest;
  return !equalJson(wanted(live), wanted(next));
}
