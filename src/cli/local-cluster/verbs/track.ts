import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { difference, union } from '../apply/field-set.ts';
import { isSame, type Manager, readManagers, withManagers } from '../apply/managers.ts';
import { ownable } from '../apply/owned.ts';
import { compare } from '../apply/sets-of.ts';
import { apiVersionOf } from '../kinds/resource.ts';
import type { Target } from '../target.ts';
import { timestamp, type World } from '../world.ts';
import type { WriteOptions } from './options.ts';

/**
 * Notes in `managedFields` what a create, an update or a patch has written: it owns those fields from now on, and nobody else does.
 * Entries that the client has edited are taken as they are.
 */
export function trackWrite(
  world: World,
  target: Target,
  options: WriteOptions,
  live: KubeObject | undefined,
  object: KubeObject,
): KubeObject {
  if (isReset(object)) return withManagers(object, []);
  const given = readManagers(object);
  const managers = given.length > 0 ? given : readManagers(live);
  const { written, removed } = compare(live ? ownable(target, live) : empty(target), ownable(target, object), target.version.shape);
  if (!written && !removed) return withManagers(object, managers);
  const own: Manager = {
    manager: options.manager,
    operation: 'Update',
    apiVersion: apiVersionOf(target),
    subresource: target.subresource,
    time: timestamp(world.clock),
    fields: undefined,
  };
  const before = managers.find((one) => isSame(one, own));
  const others = managers
    .filter((one) => one !== before)
    .map((one) => ({ ...one, fields: difference(difference(one.fields, written), removed) }));
  return withManagers(object, [...others, { ...own, fields: difference(union(before?.fields, written), removed) }]);
}

/** `managedFields: [{}]` is how a client forgets all owners. */
function isReset(object: KubeObject): boolean {
  const { managedFields } = object.metadata;
  return Array.isArray(managedFields) && managedFields.length === 1 && Object.keys(managedFields[0] as JsonObject).length === 0;
}

/** What a new object is compared with: a kind of ours always has its metadata and its spec, a custom one only its metadata. */
function empty(target: Target): JsonObject {
  return target.resource.custom ? { metadata: {} } : { metadata: {}, spec: {} };
}
