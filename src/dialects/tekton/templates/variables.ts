import type { Json, JsonObject } from '../../../core/json/json.ts';

/** Groups whose objects hold containers, in which Kubernetes reads `$(NAME)`. */
const groups = /^(?:apps|batch|argoproj\.io|serving\.knative\.dev|(?:.+\.)?tekton\.dev)\//;

/** The same in the core group. */
const kinds: readonly (Json | undefined)[] = ['Pod', 'PodTemplate', 'ReplicationController'];

/**
 * Whether `$(…)` means something to whoever runs the object: to Tekton, and to Kubernetes in the arguments and variables of containers.
 * Where it is not known what the object is, it is taken for one of these.
 */
export function hasVariables({ apiVersion, kind }: JsonObject): boolean {
  if (typeof apiVersion !== 'string' || apiVersion.includes('$(')) return true;
  return groups.test(apiVersion) || (apiVersion === 'v1' && kinds.includes(kind));
}
