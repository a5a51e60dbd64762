import { isObject } from '../../../../core/json/json.ts';
import type { InterceptorObject } from '../../kinds/interceptor.ts';
import type { InterceptorEntry } from '../../kinds/interceptor-spec.ts';

/** Where a Service of a namespace is called instead; undefined where nobody has said so. */
export type SinkOf = (namespace: string, name: string) => string | undefined;

/** The address of an interceptor; undefined where its object gives none. */
export function interceptorUrl({ metadata, spec, status }: InterceptorObject, sinkOf: SinkOf): string | undefined {
  const address = isObject(status) && isObject(status['address']) ? status['address']['url'] : undefined;
  if (typeof address === 'string' && address !== '') return address;
  const { url, service, caBundle } = spec.clientConfig;
  if (url) return url;
  if (!service?.name) return undefined;
  const [scheme, port] = caBundle ? ['https', 8443] : ['http', 80];
  const namespace = service.namespace || metadata.namespace || 'default';
  const path = service.path ? `/${service.path.replace(/^\//, '')}` : '';
  const host = `${scheme}://${service.name}.${namespace}.svc:${service.port ?? port}`;
  return `${sinkOf(namespace, service.name)?.replace(/\/$/, '') ?? host}${path}`;
}

/** The address of a legacy webhook; undefined where its entry gives none. */
export function webhookUrl(
  { url, objectRef }: NonNullable<InterceptorEntry['webhook']>,
  triggerNamespace: string,
  sinkOf: SinkOf,
): string | undefined {
  if (url) return url;
  if (!objectRef?.name || objectRef.kind !== 'Service' || objectRef.apiVersion !== 'v1') return undefined;
  const namespace = objectRef.namespace || triggerNamespace;
  return sinkOf(namespace, objectRef.name) ?? `http://${objectRef.name}.${namespace}.svc/`;
}
