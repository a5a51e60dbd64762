import { labelSelector } from '../../../../src/cli/local-cluster/selectors/label.ts';
import { EngineError } from '../../../../src/core/errors/engine-error.ts';
import type { Kube, KubeObject, ListOptions, ResourceType, WatchEvent } from '../../../../src/core/kube/kube.ts';
import { groupVersion } from '../../../../src/core/kube/resource-path.ts';

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  readonly was: KubeObject | undefined;
}

/** As much of an API server as a source needs: objects of any kind that can be listed and watched, by namespace and labels. */
export class WatchedApi {
  readonly server = 'https://10.96.0.1:443';
  /** What was asked to be watched: "pods in a (app=x)". */
  readonly watches: { readonly type: ResourceType; readonly namespace: string | undefined; readonly labelSelector: string | undefined }[] =
    [];
  readonly #objects = new Map<string, KubeObject>();
  readonly #history: Change[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #unknown = new Set<string>();
  #version = 100;
  readonly #now: () => number;

  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  get kube(): Kube {
    return this as unknown as Kube;
  }

  /** Whether a kind is there at all. */
  hasKind(kind: string, isThere: boolean): void {
    if (isThere) this.#unknown.delete(kind);
    else this.#unknown.add(kind);
  }

  async kind(apiVersion: string, kind: string): Promise<ResourceType> {
    if (this.#unknown.has(kind)) throw new EngineError('REMOTE_KUBE_UNKNOWN_KIND', { kind: `kind "${kind}"`, apiVersion });
    return { ...groupVersion(apiVersion), kind, resource: pluralOf(kind), namespaced: !clusterWide.has(kind) };
  }

  put(object: KubeObject): void {
    const key = keyOf(object);
    const was = this.#objects.get(key);
    this.#version += 1;
    const { metadata } = object;
    const made = { creationTimestamp: was?.metadata.creationTimestamp ?? new Date(this.#now()).toISOString() };
    const stored = { ...object, metadata: { ...made, ...metadata, resourceVersion: `${this.#version}` } };
    this.#objects.set(key, stored);
    this.#tell({ version: this.#version, type: was ? 'MODIFIED' : 'ADDED', object: stored, was });
  }

  delete(object: KubeObject): void {
    const key = keyOf(object);
    const was = this.#objects.get(key)!;
    this.#objects.delete(key);
    this.#version += 1;
    const last = { ...was, metadata: { ...was.metadata, resourceVersion: `${this.#version}` } };
    this.#tell({ version: this.#version, type: 'DELETED', object: last, was });
  }

  async list(type: ResourceType, options: ListOptions = {}): Promise<{ items: KubeObject[]; resourceVersion: string }> {
    const selects = selection(type, options);
    return { items: [...this.#objects.values()].filter(selects), resourceVersion: `${this.#version}` };
  }

  async *watch(type: ResourceType, options: ListOptions & { resourceVersion: string }): AsyncIterable<WatchEvent[]> {
    const { namespace, labelSelector: selector, signal } = options;
    this.watches.push({ type, namespace, labelSelector: selector });
    const selects = selection(type, options);
    yield [];
    let from = this.#history.findIndex(({ version }) => version > Number(options.resourceVersion));
    if (from < 0) from = this.#history.length;
    while (!signal?.aborted) {
      const news = this.#history.slice(from).flatMap((change): WatchEvent[] => {
        const [is, was] = [change.type !== 'DELETED' && selects(change.object), change.was !== undefined && selects(change.was)];
        if (!is && !was) return [];
        return [{ type: is ? (was ? 'MODIFIED' : 'ADDED') : 'DELETED', object: change.object }];
      });
      from = this.#history.length;
      if (news.length > 0) yield news;
      else await this.#changed(signal);
    }
  }

  #changed(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#watchers.delete(wake);
        resolve();
      };
      this.#watchers.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  #tell(change: Change): void {
    this.#history.push(change);
    for (const wake of [...this.#watchers]) wake();
  }
}

const clusterWide = new Set(['Namespace', 'Node', 'Image', 'ClusterRole']);

const keyOf = ({ kind, metadata: { namespace = '', name } }: KubeObject): string => `${kind} ${namespace}/${name}`;

function selection(type: ResourceType, { namespace, labelSelector: text = '' }: ListOptions): (object: KubeObject) => boolean {
  const matches = labelSelector(text);
  return (object) => object.kind === type.kind && (namespace === undefined || object.metadata.namespace === namespace) && matches(object);
}

/** As a server may have it. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return word.endsWith('s') ? `${word}es` : `${word}s`;
}
