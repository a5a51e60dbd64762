import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import type { LoadedObject } from '../../manifests/document.ts';

/** The first object among the files that an event source among them watches: a change of it makes something happen. */
export function objectToTry(objects: readonly LoadedObject[]): { file: string; object: KubeObject } | undefined {
  const watched = objects.filter(({ object }) => object['kind'] === 'EventSource').flatMap(({ object }) => resourcesOf(object));
  const found = objects.find(({ object }) => watched.some((resource) => isPluralOf(resource, String(object['kind']))));
  return found && { file: found.file, object: found.object as KubeObject };
}

function resourcesOf({ spec }: JsonObject): string[] {
  const entries: Json | undefined = isObject(spec) ? spec['resource'] : undefined;
  return isObject(entries) ? Object.values(entries).flatMap((entry) => (isObject(entry) ? [String(entry['resource'])] : [])) : [];
}

/** services of Service, ingresses of Ingress, networkpolicies of NetworkPolicy. */
const isPluralOf = (resource: string, kind: string): boolean => {
  const singular = kind.toLowerCase();
  return [`${singular}s`, `${singular}es`, singular.replace(/y$/, 'ies')].includes(resource);
};
