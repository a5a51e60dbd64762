import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../core/errors/engine-error.ts';
import { fileReasonOf } from '../../core/errors/from-unknown.ts';
import { stableId } from '../../core/event/stable-id.ts';
import type { Kube, KubeObject, ResourceType } from '../../core/kube/kube.ts';

/** A key of a Secret that is mounted as a file of its own. */
export interface MountedSecret {
  readonly secret: string;
  readonly key: string;
  readonly file: string;
}

const types: readonly (ResourceType & { readonly folder: string })[] = [
  { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', namespaced: true, folder: 'argo-events/secrets' },
  { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true, folder: 'argo-events/config' },
];

interface Mounts {
  /** The folder below which they are. */
  readonly root: string;
  /** The pod's, of which they are. */
  readonly namespace: string;
  readonly files: readonly MountedSecret[];
}

/** A name can lead to no other folder: rules may take it from an event. */
const isName = (text: string): boolean => /^[a-z0-9][-a-z0-9.]*$/.test(text);

/**
 * An API server of which those Secrets and ConfigMaps are read that Argo's controller has mounted into the pod: from their folders, each
 * time anew. So the pod's account need not be allowed to read them. What is not mounted is asked for as ever.
 */
export function withMounted(kube: Kube, { root, namespace: ofPod, files }: Mounts): Kube {
  async function mounted(type: ResourceType, name: string, namespace = kube.namespace): Promise<KubeObject | undefined> {
    const folder = types.find((one) => one.group === type.group && one.resource === type.resource)?.folder;
    if (folder === undefined || namespace !== ofPod || !isName(name)) return undefined;
    const data = await contentOf(join(root, folder, name));
    const own = files.find(({ secret }) => type.resource === 'secrets' && secret === name);
    const text = own && (await contentOfFile(join(root, own.file)));
    if (own && text) data.set(own.key, text);
    if (data.size === 0) return undefined;
    const encoding = type.resource === 'secrets' ? 'base64' : 'utf8';
    const values = [...data].map(([key, value]) => [key, value.toString(encoding)] as const);
    return {
      apiVersion: 'v1',
      kind: type.kind,
      metadata: { name, namespace, uid: `mounted/${name}`, resourceVersion: stableId(...values.flat()) },
      data: Object.fromEntries(values),
    };
  }

  return {
    server: kube.server,
    namespace: kube.namespace,
    resource: async (group, version, resource) =>
      types.find((one) => group === '' && version === 'v1' && one.resource === resource) ?? kube.resource(group, version, resource),
    kind: async (apiVersion, kind) => types.find((one) => apiVersion === 'v1' && one.kind === kind) ?? kube.kind(apiVersion, kind),
    get: async (type, name, options) => (await mounted(type, name.name, name.namespace)) ?? kube.get(type, name, options),
    list: (...call) => kube.list(...call),
    create: (...call) => kube.create(...call),
    replace: (...call) => kube.replace(...call),
    patch: (...call) => kube.patch(...call),
    apply: (...call) => kube.apply(...call),
    delete: (...call) => kube.delete(...call),
    watch: (...call) => kube.watch(...call),
    raw: (...call) => kube.raw(...call),
    [Symbol.asyncDispose]: () => kube[Symbol.asyncDispose](),
  };
}

/** The keys of a mounted Secret; none when it is not mounted. Beside them stand `..data` and its like, in which the node keeps versions. */
async function contentOf(folder: string): Promise<Map<string, Buffer>> {
  const names = (await unlessMissing(readdir(folder), folder)) ?? [];
  const keys = names.filter((name) => !name.startsWith('..'));
  const files = await Promise.all(keys.map(async (key) => [key, await contentOfFile(join(folder, key))] as const));
  return new Map(files.filter((one): one is readonly [string, Buffer] => one[1] !== undefined));
}

const contentOfFile = (file: string): Promise<Buffer | undefined> => unlessMissing(readFile(file), file);

async function unlessMissing<T>(reading: Promise<T>, file: string): Promise<T | undefined> {
  try {
    return await reading;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EngineError('CONFIG_FILE_MISSING', { file, reason: fileReasonOf(cause) }, { cause });
  }
}
