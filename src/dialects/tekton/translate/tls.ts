import type { KeySelector } from '../../../core/access/selectors.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import type { ListenerSpec } from '../kinds/listener-spec.ts';

/** The certificate and key that a listener's container is given, by the variables that Tekton looks at. */
export function tlsOf({ resources }: ListenerSpec): { readonly cert: KeySelector; readonly key: KeySelector } | undefined {
  const pod = resources?.kubernetesResource?.spec?.template?.spec as Json | undefined;
  const containers = isObject(pod) && Array.isArray(pod['containers']) ? pod['containers'] : [];
  const env = containers.filter(isObject).flatMap((container) => (Array.isArray(container['env']) ? container['env'] : []));
  const [cert, key] = ['TLS_CERT', 'TLS_KEY'].map((name) =>
    selectorOf(env.filter(isObject).find((one) => one['name'] === name)?.['valueFrom']),
  );
  return cert && key ? { cert, key } : undefined;
}

function selectorOf(valueFrom: Json | undefined): KeySelector | undefined {
  const ref = isObject(valueFrom) ? valueFrom['secretKeyRef'] : undefined;
  if (!isObject(ref) || typeof ref['name'] !== 'string' || typeof ref['key'] !== 'string') return undefined;
  return { name: ref['name'], key: ref['key'] };
}
