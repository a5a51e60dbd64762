import { EngineError } from '../../../core/errors/engine-error.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import type { Kube, KubeObject } from '../../../core/kube/kube.ts';
import type { Place } from './place.ts';

interface Asking {
  readonly kube: Kube;
  readonly signal: AbortSignal;
}

/**
 * The URL of an object, as the API server tells: a Service's is its name in the cluster, any other's stands in its status. Rejects with
 * what may be there later, so it is worth another try: REMOTE_KUBE_NOT_FOUND, REMOTE_KUBE_UNKNOWN_KIND, UNREACHABLE_RECEIVER without an address.
 */
export async function addressIn({ ref, path, caCerts }: Extract<Place, { kind: 'object' }>, { kube, signal }: Asking): Promise<string> {
  const { apiVersion, kind, name, namespace, address } = ref;
  let object: KubeObject;
  try {
    const type = await kube.kind(apiVersion, kind);
    object = await kube.get(type, type.namespaced ? { name, namespace } : { name }, { signal });
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.retry !== 'never') throw thrown;
    const { code, fields, hint } = thrown;
    throw new EngineError(code, fields, { cause: thrown, retry: 'backoff', ...(hint === undefined ? {} : { hint }) });
  }
  const isService = apiVersion === 'v1' && kind === 'Service';
  const url = isService
    ? `${caCerts === undefined ? 'http' : 'https'}://${name}.${namespace}.svc.cluster.local`
    : inStatus(object, address);
  if (url === undefined || !URL.canParse(url))
    throw new EngineError('UNREACHABLE_RECEIVER', { server: `${kind} ${namespace}/${name}`, reason: 'it has no address yet' });
  return path === undefined ? url : new URL(path, url).href;
}

/** The address of that name, else the first of the list, else the only one. */
function inStatus({ status }: KubeObject, wanted: string | undefined): string | undefined {
  if (!isObject(status)) return undefined;
  const { addresses } = status;
  const list = Array.isArray(addresses) ? addresses.filter(isObject) : [];
  const found = wanted === undefined ? list[0] : list.find(({ name }) => name === wanted);
  return urlIn(found) ?? (wanted === undefined || list.length === 0 ? urlIn(status['address']) : undefined);
}

function urlIn(address: Json | undefined): string | undefined {
  return isObject(address) && typeof address['url'] === 'string' ? address['url'] : undefined;
}
