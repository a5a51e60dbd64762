import type { JsonObject } from '../json/json.ts';

/** A Kubernetes object as JSON. */
export interface KubeObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: KubeMetadata;
}

type KubeMetadata = JsonObject & {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generateName?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};

/** What discovery knows of a resource. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  /** The plural in the URL, e.g. `ingresses`. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export interface ObjectName {
  readonly name: string;
  /** Left out for cluster-scoped resources. */
  readonly namespace?: string | undefined;
}

export type PatchType =
  | 'application/json-patch+json'
  | 'application/merge-patch+json'
  | 'application/strategic-merge-patch+json'
  | 'application/apply-patch+yaml';

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly fieldManager?: string;
  /** For server-side apply: take fields that others own. */
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** For what creates and changes: the user in whose name it is asked, such as `system:serviceaccount:ci:builder`. */
  readonly impersonate?: string | undefined;
}

export interface ListOptions {
  /** Undefined lists all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PageOptions {
  /** Only the first so many. */
  readonly limit?: number;
  /** With a limit: what an earlier page named as its `next`. Rejects with REMOTE_KUBE_EXPIRED when the server has forgotten the list. */
  readonly continue?: string | undefined;
}

export interface Page {
  readonly items: KubeObject[];
  readonly resourceVersion: string;
  /** Where the list goes on; left out at its end. */
  readonly next?: string | undefined;
}

/**
 * A thin client of one API server, on one connection pool.
 *
 * Every method rejects with an EngineError: UNREACHABLE_KUBE, REMOTE_KUBE_*, CONFLICT_KUBE; or with the signal's reason when that aborted.
 * 429 and 503 with `Retry-After` carry that time in `retry`. Nothing is retried here except a GET whose kept connection turned out to
 * be closed; who calls decides. An object or name without a namespace, of a resource that has them, is in `namespace`.
 */
export interface Kube extends AsyncDisposable {
  /** `https://host:port`, for messages. */
  readonly server: string;
  /** The namespace of the kubeconfig's context or of the pod; `default` when neither names one. */
  readonly namespace: string;
  /** Finds a resource by its plural. Rejects with REMOTE_KUBE_UNKNOWN_KIND; a miss asks the server anew. */
  resource(group: string, version: string, resource: string): Promise<ResourceType>;
  /** Finds the resource of an object by its kind. */
  kind(apiVersion: string, kind: string): Promise<ResourceType>;
  get(type: ResourceType, name: ObjectName, options?: RequestOptions): Promise<KubeObject>;
  /** All objects, fetched in pages of 500, with the resourceVersion to watch from. With a `limit`, one page of so many. */
  list(type: ResourceType, options?: ListOptions & PageOptions): Promise<Page>;
  create(type: ResourceType, object: KubeObject, options?: RequestOptions): Promise<KubeObject>;
  /** PUT. With `metadata.resourceVersion` it is refused with CONFLICT_KUBE when the object changed meanwhile. */
  replace(type: ResourceType, object: KubeObject, options?: RequestOptions): Promise<KubeObject>;
  patch(type: ResourceType, name: ObjectName, patch: unknown, patchType: PatchType, options?: RequestOptions): Promise<KubeObject>;
  /** Server-side apply. */
  apply(type: ResourceType, object: KubeObject, options: RequestOptions & { fieldManager: string }): Promise<KubeObject>;
  /** Resolves with false when there was nothing to delete. */
  delete(
    type: ResourceType,
    name: ObjectName,
    options?: RequestOptions & { uid?: string; resourceVersion?: string; propagationPolicy?: string },
  ): Promise<boolean>;
  /**
   * One watch request from `resourceVersion`; ends when the server ends it. The first batch is empty: it says that the watch is open.
   * Rejects with REMOTE_KUBE_EXPIRED on 410, with UNREACHABLE_KUBE when the connection broke or went silent.
   */
  watch(type: ResourceType, options: ListOptions & { resourceVersion: string }): AsyncIterable<WatchEvent[]>;
  /** Any path of the API server, for what has no verb of its own: `/version`, `/api/v1/namespaces/x/serviceaccounts/y/token`. */
  raw(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<unknown>;
}

/** What arrived in one read of a watch, in order. A bookmark only carries a resourceVersion. */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string };

/**
 * The state of a collection as it unfolds (`watch.ts`): first a whole list, then changes, and a whole list again whenever the
 * history had a gap. Who consumes it compares with what it remembers; nothing else remembers.
 */
export type Unfolding =
  | { readonly kind: 'snapshot'; readonly items: readonly KubeObject[]; readonly resourceVersion: string; readonly part?: Part | undefined }
  | { readonly kind: 'changes'; readonly changes: readonly { readonly gone: boolean; readonly object: KubeObject }[] };

/**
 * Which part of a list a snapshot is, for those who asked for it in pages. A first part ends what came of an earlier list that did
 * not reach its last one.
 */
export interface Part {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** "create Ingress playground/web-ing", "list pods": how an operation is named in messages. */
export function nameOf(type: { readonly kind: string }, name?: ObjectName): string {
  if (!name) return type.kind;
  return name.namespace === undefined ? `${type.kind} ${name.name}` : `${type.kind} ${name.namespace}/${name.name}`;
}
