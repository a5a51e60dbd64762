import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../src/core/json/json.ts';
import { type Kube, type KubeObject, nameOf, type ObjectName, type ResourceType } from '../../src/core/kube/kube.ts';
import { collectionPath, groupVersion, objectPath } from '../../src/core/kube/resource-path.ts';

/** Plurals without a rule, and kinds that live in no namespace. */
const plurals: Readonly<Record<string, string>> = { Endpoints: 'endpoints', EventBus: 'eventbus' };
const clusterScoped =
  /^(?:Namespace|Node|PersistentVolume|ClusterRole|ClusterRoleBinding|StorageClass|CustomResourceDefinition|IngressClass|PriorityClass)$/;

export interface MemoryKube extends Kube {
  /** "POST /api/v1/namespaces/x/configmaps", in order. */
  readonly calls: string[];
  /** Bodies and media types, beside `calls`. */
  readonly sent: { readonly body: unknown; readonly contentType: string | undefined }[];
  /** By path. */
  readonly objects: Map<string, KubeObject>;
  put(object: KubeObject): void;
  /** Asked before each request; what it returns is thrown. */
  refuse: (call: string) => EngineError | undefined;
}

/** An API server as a table of objects: enough for what a trigger does with one. */
export function memoryKube(): MemoryKube {
  const objects = new Map<string, KubeObject>();
  let version = 0;
  const kube: MemoryKube = {
    calls: [],
    sent: [],
    objects,
    refuse: () => undefined,
    server: 'https://memory',
    namespace: 'default',
    put(object) {
      objects.set(objectPath(typeOf(object.apiVersion, object.kind), object.metadata), stored(object));
    },
    kind: async (apiVersion, kind) => typeOf(apiVersion, kind),
    async resource(group, v, resource) {
      return { group, version: v, resource, kind: resource === 'configmaps' ? 'ConfigMap' : resource, namespaced: true };
    },
    async get(type, name) {
      request('GET', objectPath(type, name));
      return structuredClone(found('get', type, name));
    },
    async create(type, object) {
      request('POST', collectionPath(type, object.metadata.namespace), object);
      const path = objectPath(type, object.metadata);
      if (objects.has(path)) throw new EngineError('REMOTE_KUBE_EXISTS', { verb: 'create', target: nameOf(type, object.metadata) });
      return keep(path, object);
    },
    async replace(type, object) {
      request('PUT', objectPath(type, object.metadata), object);
      const old = found('update', type, object.metadata);
      if (object.metadata.resourceVersion !== undefined && object.metadata.resourceVersion !== old.metadata.resourceVersion) {
        throw new EngineError('CONFLICT_KUBE', { verb: 'update', target: nameOf(type, object.metadata) });
      }
      return keep(objectPath(type, object.metadata), object);
    },
    async patch(type, name, patch, patchType) {
      request('PATCH', objectPath(type, name), patch, patchType);
      const old = found('patch', type, name);
      return keep(
        objectPath(type, name),
        patchType === 'application/merge-patch+json' ? (patched(old, patch as JsonObject) as KubeObject) : old,
      );
    },
    async apply(type, object) {
      request('PATCH', objectPath(type, object.metadata), object, 'application/apply-patch+yaml');
      return keep(objectPath(type, object.metadata), object);
    },
    async delete(type, name) {
      request('DELETE', objectPath(type, name));
      return objects.delete(objectPath(type, name));
    },
    list: unused,
    watch: unused,
    raw: unused,
    async [Symbol.asyncDispose]() {},
  };

  function request(method: string, path: string, body?: unknown, contentType?: string): void {
    const call = `${method} ${path}`;
    kube.calls.push(call);
    kube.sent.push({ body: structuredClone(body), contentType });
    const error = kube.refuse(call);
    if (error) throw error;
  }
  function found(verb: string, type: ResourceType, name: ObjectName): KubeObject {
    const object = objects.get(objectPath(type, name));
    if (object) return object;
    throw new EngineError('REMOTE_KUBE_NOT_FOUND', { verb, target: nameOf(type, name), reason: 'not found' });
  }
  function stored(object: KubeObject): KubeObject {
    version += 1;
    return { ...structuredClone(object), metadata: { ...structuredClone(object.metadata), resourceVersion: String(version) } };
  }
  function keep(path: string, object: KubeObject): KubeObject {
    objects.set(path, stored(object));
    return structuredClone(objects.get(path)!);
  }
  return kube;
}

function typeOf(apiVersion: string, kind: string): ResourceType {
  return {
    ...groupVersion(apiVersion),
    kind,
    resource: plurals[kind] ?? plural(kind.toLowerCase()),
    namespaced: !clusterScoped.test(kind),
  };
}

const plural = (word: string): string => (word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}${word.endsWith('s') ? 'es' : 's'}`);

/** RFC 7386, for maps. */
function patched(old: JsonObject, patch: JsonObject): JsonObject {
  const result = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (typeof value === 'object' && !Array.isArray(value)) result[key] = patched((result[key] ?? {}) as JsonObject, value);
    else result[key] = value;
  }
  return result;
}

function unused(): never {
  throw new Error('no trigger needs this');
}
