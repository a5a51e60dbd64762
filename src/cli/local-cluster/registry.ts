import type { KubeObject } from '../../core/kube/kube.ts';
import { definitionKind } from './crd/definition-kind.ts';
import { resourceOf } from './crd/to-resource.ts';
import type { Resource, Served } from './kinds/resource.ts';
import { kinds } from './kinds/table.ts';
import type { Store } from './store.ts';

/** Which resources the API serves right now: the table of kinds, and what CustomResourceDefinitions have added. */
export interface Registry {
  all(): readonly Resource[];
  find(group: string, version: string, resource: string): Served | undefined;
}

/** Follows the definitions in the store: a definition that is written is served from that moment on. */
export function createRegistry(store: Store): Registry {
  const builtIn = indexed(kinds);
  const custom = new Map<string, Resource>();
  let all: readonly Resource[] = kinds;
  let index = builtIn;
  store.collection(definitionKind.storedAs).subscribe(({ type, object }) => {
    if (type === 'DELETED') custom.delete(object.metadata.name);
    else custom.set(object.metadata.name, resourceOf(object as KubeObject));
    all = [...kinds, ...custom.values()];
    index = indexed(all);
  });
  return {
    all: () => all,
    find: (group, version, resource) => index.get(`${group}/${version}/${resource}`),
  };
}

function indexed(resources: readonly Resource[]): ReadonlyMap<string, Served> {
  const index = new Map<string, Served>();
  for (const resource of resources) {
    for (const version of resource.versions) index.set(`${resource.group}/${version.name}/${resource.resource}`, { resource, version });
  }
  return index;
}
