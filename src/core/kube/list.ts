import { EngineError } from '../errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../json/json.ts';
import type { KubeObject, ListOptions, Page, PageOptions, ResourceType } from './kube.ts';
import type { Call, Requests } from './requests.ts';
import { apiVersionOf, collectionPath, query } from './resource-path.ts';

export const pageSize = 500;

/** All objects of a collection, in pages; in one piece when the server forgot the list between two pages. With a `limit`, only one page. */
export async function list(requests: Requests, type: ResourceType, options: ListOptions & PageOptions): Promise<Page> {
  if (options.limit !== undefined) return await readPage(requests, type, options, options.limit, options.continue);
  try {
    return await readPages(requests, type, options, pageSize);
  } catch (thrown) {
    if (!(thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_EXPIRED')) throw thrown;
    return await readPages(requests, type, options, undefined);
  }
}

async function readPages(requests: Requests, type: ResourceType, options: ListOptions, size: number | undefined): Promise<Page> {
  const items: KubeObject[] = [];
  let next: string | undefined;
  for (;;) {
    const page = await readPage(requests, type, options, size, next);
    for (const item of page.items) items.push(item);
    if (page.next === undefined) return { ...page, items };
    next = page.next;
  }
}

async function readPage(
  requests: Requests,
  type: ResourceType,
  options: ListOptions,
  limit: number | undefined,
  from: string | undefined,
): Promise<Page> {
  const { namespace, labelSelector, fieldSelector, signal } = options;
  const path = collectionPath(type, namespace) + query({ limit, continue: from, labelSelector, fieldSelector });
  const call: Call = { verb: 'list', method: 'GET', path, type, namespace, signal };
  const page = await requests.object(call);
  const metadata = isObject(page.metadata) ? page.metadata : {};
  const { resourceVersion, continue: next } = metadata;
  if (!Array.isArray(page.items) || typeof resourceVersion !== 'string') throw requests.garbled(call, 'no list of objects');
  return {
    items: page.items.map((item) => named(item, type)),
    resourceVersion,
    next: typeof next === 'string' && next !== '' ? next : undefined,
  };
}

/** Lists of built-in resources leave out what each object is. */
function named(item: Json, type: ResourceType): KubeObject {
  const object = item as KubeObject;
  if (object.kind !== undefined && object.apiVersion !== undefined) return object;
  return { apiVersion: apiVersionOf(type), kind: type.kind, ...(item as JsonObject) } as KubeObject;
}
