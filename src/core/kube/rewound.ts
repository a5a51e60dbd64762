import { isObject } from '../json/json.ts';
import type { Kube, ListOptions, ResourceType } from './kube.ts';
import { collectionPath, query } from './resource-path.ts';

/**
 * Whether the server is behind a version that it gave before: it was restored from a backup, or is another one. It would not say
 * so: a watch from the future stays silent until the present has caught up with it, and everything until then is lost.
 */
export async function hasRewound(kube: Kube, type: ResourceType, { namespace, signal }: ListOptions, version: string): Promise<boolean> {
  const path = collectionPath(type, namespace) + query({ limit: 1 });
  const page = await kube.raw('GET', path, undefined, { signal });
  const metadata = isObject(page) && isObject(page.metadata) ? page.metadata : {};
  const present = metadata.resourceVersion;
  return isVersion(present) && isVersion(version) && BigInt(present) < BigInt(version);
}

const isVersion = (text: unknown): text is string => typeof text === 'string' && /^\d+$/.test(text);
