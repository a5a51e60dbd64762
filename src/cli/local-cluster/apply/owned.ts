import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Target } from '../target.ts';

const serverFields = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
]);

/** The part of an object that somebody can own through this endpoint: no identity, nothing that only the server sets. */
export function ownable(target: Target, object: KubeObject): JsonObject {
  const { apiVersion: _, kind: __, metadata, ...rest } = object;
  const described = Object.fromEntries(Object.entries(metadata).filter(([field]) => !serverFields.has(field)));
  if (target.subresource === 'status') return 'status' in rest ? { status: rest.status! } : {};
  if (target.version.status) delete rest.status;
  return Object.keys(described).length === 0 ? rest : { metadata: described, ...rest };
}
