import type { Kube, ListOptions, ResourceType } from './kube.ts';

/**
 * Whether the server is behind a version that it gave before: it was restored from a backup, or is another one. It would not say
 * so: a watch from the future stays silent until the present has caught up with it, and everything until then is lost.
 */
export async function hasRewound(kube: Kube, type: ResourceType, { namespace, signal }: ListOptions, version: string): Promise<boolean> {
  const { resourceVersion } = await kube.list(type, { namespace, signal, limit: 1 });
  return isNumber(resourceVersion) && isNumber(version) && BigInt(resourceVersion) < BigInt(version);
}

const isNumber = (version: string): boolean => /^\d+$/.test(version);
