import type { ObjectName, ResourceType } from './kube.ts';

/** `networking.k8s.io/v1`, or `v1` for the core group. */
export const apiVersionOf = (type: { readonly group: string; readonly version: string }): string =>
  type.group === '' ? type.version : `${type.group}/${type.version}`;

/** The group and version of an `apiVersion`. */
export function groupVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** `/api/v1` or `/apis/GROUP/VERSION`. */
export const groupVersionPath = ({ group, version }: { readonly group: string; readonly version: string }): string =>
  group === '' ? `/api/${encodeURIComponent(version)}` : `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`;

/** Where a resource is listed and created. Without a namespace: in all of them. */
export function collectionPath(type: ResourceType, namespace?: string): string {
  const within = type.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${groupVersionPath(type)}${within}/${type.resource}`;
}

export const objectPath = (type: ResourceType, { name, namespace }: ObjectName): string =>
  `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;

/** Why a name cannot stand in a URL, or undefined. An empty one would mean the whole collection. */
export function unfitForPath(what: 'name' | 'namespace', text: string): string | undefined {
  if (text === '') return `the ${what} is empty`;
  if (text === '.' || text === '..' || /[/%]/.test(text)) return `"${text}" cannot be a ${what}`;
  return undefined;
}

/** `?a=1&b=2`, leaving out what is undefined; empty when nothing is left. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  let text = '';
  for (const name in parameters) {
    const value = parameters[name];
    if (value !== undefined) text += `${text === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`;
  }
  return text;
}
