/**
 * Values that rules take from Secrets and ConfigMaps of their namespace. They are read when they are used, so that a value that was
 * changed counts at the next connection; one newline at the end is not part of it, as in Argo Events, unless it is asked for.
 */
import { EngineError } from '../errors/engine-error.ts';
import { reasonOf } from '../errors/from-unknown.ts';
import { isObject } from '../json/json.ts';
import type { Kube, KubeObject } from '../kube/kube.ts';
import type { KeySelector } from './selectors.ts';

export interface Secrets {
  /** Rejects with CONFIG_SECRET when there is no such Secret or key, which may be tried again, and with UNREACHABLE_KUBE. */
  secret(selector: KeySelector, signal?: AbortSignal): Promise<string>;
  /** The same for a ConfigMap. */
  configMap(selector: KeySelector, signal?: AbortSignal): Promise<string>;
}

export function secretsOf(kube: Kube, namespace: string, { keepsNewline = false } = {}): Secrets {
  const read = async (resource: 'secrets' | 'configmaps', { name, key }: KeySelector, signal?: AbortSignal): Promise<string> => {
    const missing = (reason: string, cause?: unknown): EngineError =>
      new EngineError('CONFIG_SECRET', { what: resource === 'secrets' ? 'Secret' : 'ConfigMap', namespace, name, key, reason }, { cause });
    let object: KubeObject;
    try {
      object = await kube.get(await kube.resource('', 'v1', resource), { name, namespace }, { signal });
    } catch (thrown) {
      if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') throw missing('it does not exist', thrown);
      if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_FORBIDDEN') throw missing(reasonOf(thrown), thrown);
      throw thrown;
    }
    const { data } = object;
    const value = isObject(data) ? data[key] : undefined;
    if (typeof value !== 'string') throw missing(`its keys are ${isObject(data) ? Object.keys(data).join(', ') || 'none' : 'none'}`);
    const text = resource === 'secrets' ? Buffer.from(value, 'base64').toString('utf8') : value;
    return keepsNewline ? text : text.replace(/\n$/, '');
  };
  return {
    secret: (selector, signal) => read('secrets', selector, signal),
    configMap: (selector, signal) => read('configmaps', selector, signal),
  };
}
