import type { Served } from './kinds/resource.ts';
import type { Registry } from './registry.ts';

/** What the path of a request names: a collection, one object, or a subresource of one. */
export interface Target extends Served {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; undefined when no such resource is served. */
export function targetOf(registry: Registry, path: string): Target | undefined {
  const [root, ...rest] = stepsOf(path);
  if (root === 'api') return within(registry, '', rest);
  if (root === 'apis') return within(registry, rest[0] ?? '', rest.slice(1));
  return undefined;
}

/** No steps when the path is not properly encoded. */
function stepsOf(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return [];
  }
}

function within(registry: Registry, group: string, [version = '', ...steps]: readonly string[]): Target | undefined {
  const inNamespace = steps[0] === 'namespaces' && steps.length > 2 && !isNamespaceSubresource(group, steps);
  const [resource = '', name, subresource, ...more] = inNamespace ? steps.slice(2) : steps;
  const served = registry.find(group, version, resource);
  if (!served || more.length > 0) return undefined;
  const { namespaced } = served.resource;
  if (inNamespace !== namespaced && (inNamespace || name !== undefined)) return undefined;
  return { ...served, namespace: inNamespace ? steps[1] : undefined, name, subresource };
}

function isNamespaceSubresource(group: string, steps: readonly string[]): boolean {
  return group === '' && steps.length === 3 && (steps[2] === 'status' || steps[2] === 'finalize');
}
