import { isObject, type Json, type JsonObject } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import type { LoadedObject } from '../../manifests/document.ts';
import { kindOf, kinds } from '../../manifests/kinds.ts';

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

/** The kinds of rules among the objects, as kubectl is asked for them: with its group where two of our kinds share the name. */
export function kindsIn(objects: readonly LoadedObject[]): string[] {
  const found = new Set(objects.flatMap(({ object }) => kindOf(object) ?? []));
  const isShared = (plural: string): boolean => kinds.filter((kind) => kind.plural === plural).length > 1;
  return [...found].map(({ plural, group }) => (isShared(plural) ? `${plural}.${group}` : plural));
}

/** services of Service, ingresses of Ingress, networkpolicies of NetworkPolicy. */
const isPluralOf = (resource: string, kind: string): boolean => {
  const singular = kind.toLowerCase();
  return [`${singular}s`, `${singular}es`, singular.replace(/y$/, 'ies')].includes(resource);
};
