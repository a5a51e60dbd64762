import type { KubeObject, ObjectName } from '../../core/kube/kube.ts';
import { type Change, createHistory, type History } from './history.ts';

/**
 * All objects of the local cluster, in memory, under one revision counter as in etcd.
 *
 * An object that is in the store is never changed: every write puts a new one in its place. So readers may keep what they got, and a
 * history of states costs only references.
 */
export interface Store {
  /** The revision of the latest write of any object. */
  revision(): number;
  /** Names what is kept together: `services`, `ingresses.networking.k8s.io`. Made when first asked for. */
  collection(key: string): Collection;
}

interface Collection {
  get(namespace: string, name: string): KubeObject | undefined;
  isEmpty(namespace: string): boolean;
  /** All objects (of one namespace), by namespace and name. */
  list(namespace?: string): KubeObject[];
  /** The same as it was at an earlier revision; undefined when the history does not reach back to it. */
  listAt(revision: number, namespace?: string): KubeObject[] | undefined;
  /** Changes after a revision; undefined when some of them are forgotten. */
  since(revision: number): readonly Change[] | undefined;
  /** Stores an object and sets its resourceVersion. The object belongs to the store from then on. */
  put(object: KubeObject): KubeObject;
  /** Removes an object; answers its last state with the revision of the deletion. */
  remove(namespace: string, name: string): KubeObject | undefined;
  /** Calls back, before the write returns, for each change; the returned function ends that. */
  subscribe(listener: (change: Change) => void): () => void;
}

export function createStore(historyLimit: number): Store {
  let revision = 1;
  const collections = new Map<string, Collection>();
  const next = () => ++revision;
  return {
    revision: () => revision,
    collection(key) {
      const found = collections.get(key) ?? createCollection(createHistory(historyLimit), next);
      collections.set(key, found);
      return found;
    },
  };
}

function createCollection(history: History, next: () => number): Collection {
  const namespaces = new Map<string, Map<string, KubeObject>>();
  const listeners = new Set<(change: Change) => void>();

  function tell(change: Change): void {
    history.add(change);
    for (const listener of [...listeners]) listener(change);
  }

  function list(namespace?: string): KubeObject[] {
    const chosen = namespace === undefined ? [...namespaces.keys()].sort() : [namespace];
    return chosen.flatMap((one) => inOrder([...(namespaces.get(one)?.values() ?? [])]));
  }

  return {
    get: (namespace, name) => namespaces.get(namespace)?.get(name),
    isEmpty: (namespace) => !namespaces.has(namespace),
    list,
    listAt(revision, namespace) {
      const changes = history.since(revision);
      if (!changes) return undefined;
      const then = new Map(list(namespace).map((object) => [keyOf(object), object]));
      for (const { object, previous } of [...changes].reverse()) {
        if (namespace !== undefined && object.metadata.namespace !== namespace) continue;
        if (previous) then.set(keyOf(object), previous);
        else then.delete(keyOf(object));
      }
      return inOrder([...then.values()]);
    },
    since: (revision) => history.since(revision),
    put(object) {
      const { namespace = '', name } = object.metadata;
      const revision = next();
      object.metadata.resourceVersion = String(revision);
      const inside = namespaces.get(namespace) ?? new Map<string, KubeObject>();
      namespaces.set(namespace, inside);
      const previous = inside.get(name);
      inside.set(name, object);
      tell({ type: previous ? 'MODIFIED' : 'ADDED', revision, object, previous });
      return object;
    },
    remove(namespace, name) {
      const inside = namespaces.get(namespace);
      const previous = inside?.get(name);
      if (!inside || !previous) return undefined;
      inside.delete(name);
      if (inside.size === 0) namespaces.delete(namespace);
      const revision = next();
      const object = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(revision) } };
      tell({ type: 'DELETED', revision, object, previous });
      return object;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The one key of an object in its collection. */
function keyOf({ metadata: { namespace = '', name } }: KubeObject): string {
  return `${namespace}/${name}`;
}

/** The order of a list: by namespace, then by name, as plain bytes. Negative when `a` comes first. */
export function compareNames(a: ObjectName, b: ObjectName): number {
  const [left, right] = a.namespace === b.namespace ? [a.name, b.name] : [a.namespace ?? '', b.namespace ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

function inOrder(objects: KubeObject[]): KubeObject[] {
  return objects.sort((a, b) => compareNames(a.metadata, b.metadata));
}
