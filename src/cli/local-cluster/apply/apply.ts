import type { KubeObject } from '../../../core/kube/kube.ts';
import { apiVersionOf } from '../kinds/resource.ts';
import { badRequest, Refusal } from '../status.ts';
import type { Target } from '../target.ts';
import { insert } from '../verbs/create.ts';
import type { WriteOptions } from '../verbs/options.ts';
import { update } from '../verbs/update.ts';
import { timestamp, type World } from '../world.ts';
import { leftByClientSide, withLastApplied } from './client-side.ts';
import { refuseConflicts } from './conflicts.ts';
import { difference, type FieldSet, intersection, leaf, union } from './field-set.ts';
import { isSame, type Manager, readManagers, withManagers } from './managers.ts';
import { mergeApplied, pruneApplied } from './merge.ts';
import { ownable } from './owned.ts';
import { appliedFields, compare } from './sets-of.ts';

/**
 * Server-side apply: the object says all that its manager has an opinion on. It is laid over the live object, what the manager applied
 * before and has left out now is removed, and a value that somebody else owns differently is a conflict (409), unless `force` takes it.
 * Makes the object when there is none.
 */
export async function applyObject(
  world: World,
  target: Target,
  wanted: KubeObject,
  options: WriteOptions,
  manager: string | null,
): Promise<{ readonly object: KubeObject; readonly created: boolean }> {
  if (!manager) throw managerMissing();
  if (Array.isArray(wanted.metadata.managedFields) && wanted.metadata.managedFields.length > 0)
    throw badRequest('metadata.managedFields must be nil');
  const own: Manager = {
    manager,
    operation: 'Apply',
    apiVersion: apiVersionOf(target),
    subresource: target.subresource,
    time: timestamp(world.clock),
    fields: ownFields(target, wanted),
  };
  const exists = world.store.collection(target.resource.storedAs).get(target.namespace ?? '', target.name!) !== undefined;
  if (!exists && target.subresource === undefined) {
    if (wanted.metadata.uid) throw badRequest('uid mismatch: the provided object specified a uid, and no existing object was found');
    const named = { ...wanted, metadata: { ...wanted.metadata, name: target.name! } };
    const made = await insert(world, target, structuredClone(named), options, (object) => withManagers(object, [own])).catch(orTaken);
    if (made) return { object: made, created: true };
  }
  // owners are reckoned before defaults are filled in: nobody owns a default
  const object = await update(
    world,
    target,
    options,
    (live) => applied(target, live, wanted, own, options.force),
    (_live, next) => next,
  );
  return { object, created: false };
}

/** Somebody else made the object meanwhile: then this apply changes theirs. */
function orTaken(thrown: unknown): undefined {
  if (!(thrown instanceof Refusal) || thrown.reason !== 'AlreadyExists') throw thrown;
}

/** Undefined when the object says nothing but its name. */
function ownFields(target: Target, wanted: KubeObject): FieldSet | undefined {
  const said = ownable(target, wanted);
  return Object.keys(said).length === 0 ? undefined : appliedFields(said, target.version.shape);
}

/** Metadata as a whole is never removed, whoever leaves it out. */
const always: FieldSet = { 'f:metadata': leaf };

function applied(target: Target, live: KubeObject, wanted: KubeObject, own: Manager, force: boolean): KubeObject {
  const { shape } = target.version;
  const managers = readManagers(live);
  const before = managers.find((one) => isSame(one, own));
  const others = managers.filter((one) => one !== before);
  const kept = others.reduce((set, one) => union(set, one.fields), union(own.fields, always));
  const merged = mergeApplied(live, wanted, shape);
  const next = structuredClone(pruneApplied(merged, before?.fields, kept, shape)) as KubeObject;
  const { written, removed } = compare(ownable(target, live), ownable(target, next), shape);
  const yielded = own.manager === 'kubectl' ? leftByClientSide(target, live) : undefined;
  const conflicts = others
    .map((one) => ({ ...one, fields: difference(intersection(one.fields, written), yielded) }))
    .filter(({ fields }) => fields !== undefined);
  if (conflicts.length > 0 && !force) refuseConflicts(conflicts);
  const left = others.map((one) => ({ ...one, fields: difference(difference(one.fields, written), removed) }));
  return withManagers(own.manager === 'kubectl' ? withLastApplied(next, wanted) : next, [...left, own]);
}

function managerMissing(): Refusal {
  const cause = { reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager' };
  return new Refusal(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: ${cause.field}: ${cause.message}`, {
    group: 'meta.k8s.io',
    kind: 'PatchOptions',
    causes: [cause],
  });
}
