import { isObject, type Json } from '../../../src/core/json/json.ts';
import { loadArtifact } from '../artifacts/index.ts';
import type { TriggerContext } from '../trigger.ts';
import { invalid, type Ready } from './render.ts';

/** What a firing works on, where that does not stand in the rule: a file, a ConfigMap, or the object as it is on the API server. */
export async function load(ready: Ready, context: TriggerContext): Promise<Json | undefined> {
  if (!ready.live && ready.written !== undefined) return undefined;
  const source = ready.written ?? (await loadArtifact(ready.source, context));
  return ready.live ? liveObject(source, context) : source;
}

/** Which object it is must stand in the source: the parameters of the block come later. */
async function liveObject(source: Json, { kube, signal }: TriggerContext): Promise<Json> {
  const { apiVersion, kind, metadata } = isObject(source) ? source : {};
  const { name, namespace } = isObject(metadata) ? metadata : {};
  if (typeof name !== 'string' || name === '') throw invalid('resource name must be specified for fetching live object');
  if (typeof namespace !== 'string' || namespace === '') throw invalid('resource namespace must be specified for fetching live object');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') throw invalid('the resource has no apiVersion and kind');
  const type = await kube.kind(apiVersion, kind);
  return kube.get(type, type.namespaced ? { name, namespace } : { name }, { signal });
}
