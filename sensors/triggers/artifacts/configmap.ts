import { isObject } from '../../../src/core/json/json.ts';
import type { TriggerContext } from '../trigger.ts';
import type { Fetch } from './kept.ts';
import { cannotRead } from './refuse.ts';

/** A key of a ConfigMap: its resource version tells whether it has changed. */
export function configmapArtifact({ name, key }: { name: string; key: string }, { kube, firing: { namespace } }: TriggerContext): Fetch {
  return async (known, signal) => {
    const type = await kube.resource('', 'v1', 'configmaps');
    const { data, metadata } = await kube.get(type, { name, namespace }, { signal });
    const mark = `${metadata.uid} ${metadata.resourceVersion}`;
    if (mark === known) return 'same';
    const text = isObject(data) ? data[key] : undefined;
    if (typeof text !== 'string') throw cannotRead(key, `ConfigMap ${namespace}/${name} has no key "${key}"`);
    return { mark, text };
  };
}
