import { EngineError } from '../errors/engine-error.ts';
import { isObject } from '../json/json.ts';
import type { ResourceType } from './kube.ts';
import { apiVersionOf, groupVersion, groupVersionPath } from './resource-path.ts';

/**
 * What the API server serves, asked of it one group version at a time and remembered. A plural is never guessed.
 *
 * `read` fetches a path; it rejects with REMOTE_KUBE_NOT_FOUND when there is no such group version, and with the reason when the
 * server could not be asked, which is not the same as an unknown kind.
 */
export class Discovery {
  readonly #read: (path: string) => Promise<unknown>;
  readonly #known = new Map<string, readonly ResourceType[]>();
  readonly #asking = new Map<string, Promise<readonly ResourceType[]>>();

  constructor(read: (path: string) => Promise<unknown>) {
    this.#read = read;
  }

  async resource(group: string, version: string, resource: string): Promise<ResourceType> {
    return await this.#find(apiVersionOf({ group, version }), `resource "${resource}"`, (type) => type.resource === resource);
  }

  async kind(apiVersion: string, kind: string): Promise<ResourceType> {
    return await this.#find(apiVersion, `kind "${kind}"`, (type) => type.kind === kind);
  }

  /** Something that was served is gone: the next question asks the server. */
  forget(type: ResourceType): void {
    this.#known.delete(apiVersionOf(type));
  }

  async #find(apiVersion: string, what: string, matches: (type: ResourceType) => boolean): Promise<ResourceType> {
    const found = this.#known.get(apiVersion)?.find(matches) ?? (await this.#ask(apiVersion)).find(matches);
    if (!found) throw new EngineError('REMOTE_KUBE_UNKNOWN_KIND', { kind: what, apiVersion });
    return found;
  }

  /** Many who miss the same at once ask once. */
  #ask(apiVersion: string): Promise<readonly ResourceType[]> {
    const asking = this.#asking.get(apiVersion) ?? this.#fetch(apiVersion).finally(() => this.#asking.delete(apiVersion));
    this.#asking.set(apiVersion, asking);
    return asking;
  }

  async #fetch(apiVersion: string): Promise<readonly ResourceType[]> {
    const where = groupVersion(apiVersion);
    const list = await this.#read(groupVersionPath(where)).catch((thrown: unknown) => {
      if (thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND') return undefined;
      throw thrown;
    });
    const types = typesOf(list, where);
    this.#known.set(apiVersion, types);
    return types;
  }
}

/** The resources of an APIResourceList, without subresources. */
function typesOf(list: unknown, { group, version }: { group: string; version: string }): ResourceType[] {
  const resources = isObject(list) && Array.isArray(list.resources) ? list.resources : [];
  return resources.filter(isObject).flatMap(({ name, kind, namespaced }) => {
    if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) return [];
    return [{ group, version, resource: name, kind, namespaced: namespaced === true }];
  });
}
