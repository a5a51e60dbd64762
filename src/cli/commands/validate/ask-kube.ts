import { EngineError } from '../../../core/errors/engine-error.ts';
import { error, type Finding } from '../../../core/errors/finding.ts';
import { isObject } from '../../../core/json/json.ts';
import type { Kube, ResourceType } from '../../../core/kube/kube.ts';
import type { Need } from '../../../core/kube/need.ts';
import { at } from '../../../manifests/look.ts';

/** What an API server lacks of a need, or does not let this account do. Changes nothing. Rejects when it cannot be asked. */
export async function askKube(kube: Kube, need: Need): Promise<Finding[]> {
  try {
    return need.what === 'key' ? await askKey(kube, need) : await askAccess(kube, need);
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code.startsWith('UNREACHABLE_') || thrown.code === 'REMOTE_KUBE_UNAUTHORIZED')
      throw thrown;
    return [error(thrown.code, need.path, thrown.fields, thrown.hint === undefined ? {} : { hint: thrown.hint })];
  }
}

async function askAccess(kube: Kube, { type, verbs, namespace, name, path }: Extract<Need, { what: 'access' }>): Promise<Finding[]> {
  const known = 'kind' in type ? await kube.kind(type.apiVersion, type.kind) : await kube.resource(type.group, type.version, type.resource);
  if (known.namespaced && namespace === undefined) return [];
  const where = known.namespaced ? (namespace ?? '') : '';
  const refused: string[] = [];
  for (const verb of verbs)
    if (!(await mayDo(kube, known, { verb, namespace: where, ...(name === undefined ? {} : { name }) }))) refused.push(verb);
  if (refused.length === 0) return [];
  const place = where === '' ? (known.namespaced ? 'in all namespaces' : '') : `in namespace ${where}`;
  const fields = {
    verb: refused.join(', '),
    target: [known.resource, place].filter(Boolean).join(' '),
    reason: 'this account may not do that',
  };
  const group = known.group === '' ? '""' : known.group;
  const hint = `a ${where === '' ? 'ClusterRole' : 'Role'} needs apiGroups: [${group}], resources: [${known.resource}], verbs: [${refused.join(', ')}]`;
  return [error('REMOTE_KUBE_FORBIDDEN', path, fields, { hint })];
}

async function mayDo(
  kube: Kube,
  { group, version, resource }: ResourceType,
  deed: { readonly verb: string; readonly namespace: string; readonly name?: string },
): Promise<boolean> {
  const review = await kube.raw('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { group, version, resource, ...deed } },
  });
  return isObject(review) && at(review, 'status', 'allowed') === true;
}

async function askKey(kube: Kube, { kind, namespace, name, key, path }: Extract<Need, { what: 'key' }>): Promise<Finding[]> {
  const absent = (reason: string): Finding[] => [error('CONFIG_SECRET', path, { what: kind, namespace, name, key, reason })];
  try {
    const object = await kube.get(await kube.kind('v1', kind), { namespace, name });
    const isThere = at(object, 'data', key) !== undefined || at(object, 'binaryData', key) !== undefined;
    return isThere ? [] : absent(`it has ${Object.keys(at(object, 'data') ?? {}).join(', ') || 'none'}`);
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') return absent(`there is no such ${kind}`);
    throw thrown;
  }
}
