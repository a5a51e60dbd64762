import { EngineError } from '../errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';
import type { KubeObject, ListOptions, ResourceType } from './kube.ts';
import type { Call, Requests } from './requests.ts';
import { apiVersionOf, collectionPath, query } from './resource-path.ts';

const pageSize = 500;

/** All objects of a collection, in pages; in one piece when the server forgot the list between two pages. */
export async function list(
  requests: Requests,
  type: ResourceType,
  options: ListOptions,
): Promise<{ items: KubeObject[]; resourceVersion: string }> {
  try {
    return await listBy(requests, type, options, pageSize);
  } catch (thrown) {
    if (!(thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_EXPIRED')) throw thrown;
    return await listBy(requests, type, options, undefined);
  }
}

async function listBy(requests: Requests, type: ResourceType, options: ListOptions, limit: number | undefined) {
  const { namespace, labelSelector, fieldSelector, signal } = options;
  const items: KubeObject[] = [];
  let next: string | undefined;
  for (;;) {
    const path = collectionPath(type, namespace) + query({ limit, continue: next, labelSelector, fieldSelector });
    const call: Call = { verb: 'list', method: 'GET', path, type, namespace, signal };
    const page = await requests.object(call);
    const metadata = isObject(page.metadata) ? page.metadata : {};
    const resourceVersion = metadata.resourceVersion;
    if (!Array.isArray(page.items) || typeof resourceVersion !== 'string') throw requests.garbled(call, 'no list of objects');
    for (const item of page.items) items.push(named(item, type));
    const token = metadata.continue;
    if (typeof token !== 'string' || token === '') return { items, resourceVersion };
    next = token;
  }
}

/** Lists of built-in resources leave out what each object is. */
function named(item: Json, type: ResourceType): KubeObject {
  const object = item as KubeObject;
  if (object.kind !== undefined && object.apiVersion !== undefined) return object;
  return { apiVersion: apiVersionOf(type), kind: type.kind, ...(item as JsonObject) } as KubeObject;
}
