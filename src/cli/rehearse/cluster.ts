import { EngineError } from '../../core/errors/engine-error.ts';
import { isObject, type Json } from '../../core/json/json.ts';
import { type Kube, type KubeObject, nameOf, type ObjectName, type PatchType, type ResourceType } from '../../core/kube/kube.ts';
import { groupVersion, objectPath } from '../../core/kube/resource-path.ts';
import { mergeApplied } from '../local-cluster/apply/merge.ts';
import type { Shape } from '../local-cluster/kinds/shape.ts';
import { kinds } from '../local-cluster/kinds/table.ts';
import { jsonPatch, PatchFailure, type PatchStep } from '../local-cluster/patch/json.ts';
import { mergePatch } from '../local-cluster/patch/merge.ts';
import { strategicMergePatch } from '../local-cluster/patch/strategic.ts';

/** What a write would change. `before` is undefined for what is new, `after` for what is gone. */
export interface Change {
  readonly target: string;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

/** A cluster in which triggers can act without consequences. */
export interface RehearsalCluster extends Kube {
  /** What was written since the last call, in order. */
  takeChanges(): Change[];
}

interface RehearsalClusterOptions {
  /** The objects that are there; undefined when nobody knows. */
  readonly existing: readonly KubeObject[] | undefined;
  /** A real cluster that is read where this one holds nothing; nothing is ever written to it. */
  readonly behind?: Kube | undefined;
  readonly namespace: string;
}

/**
 * A Kubernetes API as a table of objects: the writes of triggers stay in it. Kinds that nobody described live in a namespace.
 *
 * Server-side apply lays the object over what is there; what an earlier apply left is not taken away.
 */
export function rehearsalCluster({ existing, behind, namespace }: RehearsalClusterOptions): RehearsalCluster {
  /** By path; undefined for what was deleted here. */
  const objects = new Map<string, KubeObject | undefined>();
  let changes: Change[] = [];

  const typeOf = (apiVersion: string, kind: string): ResourceType => {
    const { group, version } = groupVersion(apiVersion);
    const known = kinds.find((one) => one.group === group && one.kind === kind);
    const resource = known?.resource ?? `${kind.toLowerCase()}s`;
    return { group, version, resource, kind, namespaced: known?.namespaced ?? true };
  };
  const pathOf = (type: ResourceType, name: ObjectName) =>
    objectPath(type, type.namespaced ? { name: name.name, namespace: name.namespace ?? namespace } : { name: name.name });

  for (const object of existing ?? []) {
    const type = typeOf(object.apiVersion, object.kind);
    const metadata = type.namespaced ? { ...object.metadata, namespace: object.metadata.namespace ?? namespace } : object.metadata;
    objects.set(pathOf(type, object.metadata), { ...object, metadata });
  }

  async function find(type: ResourceType, name: ObjectName): Promise<KubeObject | undefined> {
    const path = pathOf(type, name);
    if (objects.has(path)) return objects.get(path);
    if (behind) {
      try {
        return await behind.get(type, name);
      } catch (thrown) {
        if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') return undefined;
        throw thrown;
      }
    }
    if (existing) return undefined;
    throw new EngineError(
      'CONFIG_MISSING',
      { problem: `this needs ${nameOf(type, name)} as it is on the cluster, and nothing says what is there` },
      { hint: 'give the object: `existing` in a test file, --with or --kubeconfig in a dry run' },
    );
  }
  async function found(verb: string, type: ResourceType, name: ObjectName): Promise<KubeObject> {
    const object = await find(type, name);
    if (object) return structuredClone(object);
    throw new EngineError('REMOTE_KUBE_NOT_FOUND', { verb, target: nameOf(type, name), reason: 'it does not exist' });
  }
  function write(type: ResourceType, name: ObjectName, before: KubeObject | undefined, after: KubeObject | undefined): void {
    objects.set(pathOf(type, name), after);
    changes.push({ target: nameOf(type, type.namespaced ? name : { name: name.name }), before, after });
  }
  const unused = (): never => {
    throw new EngineError('BUG_UNEXPECTED', { reason: 'a rehearsal neither lists nor watches' });
  };

  return {
    server: behind?.server ?? 'a rehearsal',
    namespace,
    takeChanges() {
      const taken = changes;
      changes = [];
      return taken;
    },
    kind: async (apiVersion, kind) => (behind ? behind.kind(apiVersion, kind) : typeOf(apiVersion, kind)),
    async resource(group, version, resource) {
      if (behind) return behind.resource(group, version, resource);
      const known = kinds.find((one) => one.group === group && one.resource === resource);
      return { group, version, resource, kind: known?.kind ?? resource, namespaced: known?.namespaced ?? true };
    },
    get: (type, name) => found('get', type, name),
    async create(type, object) {
      const before = await find(type, object.metadata);
      if (before) throw new EngineError('REMOTE_KUBE_EXISTS', { verb: 'create', target: nameOf(type, object.metadata) });
      write(type, object.metadata, undefined, object);
      return object;
    },
    async replace(type, object) {
      const before = await found('update', type, object.metadata);
      write(type, object.metadata, before, object);
      return object;
    },
    async patch(type, name, patch, patchType) {
      const before = await found('patch', type, name);
      const after = patched(before, patch as Json, patchType, shapeOf(type), nameOf(type, name));
      write(type, name, before, after);
      return after;
    },
    async apply(type, object) {
      const before = await find(type, object.metadata);
      const after = before ? (mergeApplied(before, object, shapeOf(type)) as KubeObject) : object;
      write(type, object.metadata, before, after);
      return after;
    },
    async delete(type, name) {
      const before = await find(type, name);
      if (before) write(type, name, before, undefined);
      return before !== undefined;
    },
    list: unused,
    watch: unused,
    raw: unused,
    async [Symbol.asyncDispose]() {},
  };
}

/** Which lists of a kind have keys; nothing for kinds that our table does not know. */
function shapeOf({ group, version, kind }: ResourceType): Shape {
  const versions = kinds.find((one) => one.group === group && one.kind === kind)?.versions;
  return (versions?.find((one) => one.name === version) ?? versions?.[0])?.shape ?? {};
}

function patched(before: KubeObject, patch: Json, type: PatchType, shape: Shape, target: string): KubeObject {
  if (type === 'application/json-patch+json') {
    try {
      return jsonPatch(before, patch as unknown as PatchStep[]) as KubeObject;
    } catch (thrown) {
      if (!(thrown instanceof PatchFailure)) throw thrown;
      throw new EngineError('REMOTE_KUBE_INVALID', { verb: 'patch', target, reason: thrown.message }, { cause: thrown });
    }
  }
  const merged = type === 'application/strategic-merge-patch+json' ? strategicMergePatch(before, patch, shape) : mergePatch(before, patch);
  return (isObject(merged) ? merged : before) as KubeObject;
}
