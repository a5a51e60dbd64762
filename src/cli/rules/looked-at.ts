import type { JsonObject } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import { groupVersion } from '../../core/kube/resource-path.ts';
import { dialectOf } from '../../dialects/index.ts';
import type { Rule } from '../../manifests/rule.ts';

/** An object that is no rule, but whose labels and annotations a dialect looks at: a rule without a `spec`. Undefined for any other. */
export function lookedAt(object: KubeObject): Rule | undefined {
  const { kind } = object;
  const { group } = groupVersion(object.apiVersion);
  if (!dialectOf({ group, kind })) return undefined;
  const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? '' };
  return { group, kind, metadata, value: { metadata }, object: object as JsonObject };
}
