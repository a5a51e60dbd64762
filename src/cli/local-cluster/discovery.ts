import type { Json, JsonObject } from '../../core/json/json.ts';
import type { Resource, Version } from './kinds/resource.ts';
import type { Answer, ApiRequest } from './request.ts';
import { notAcceptable } from './status.ts';
import type { World } from './world.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const version = { major: '1', minor: '36', gitVersion: 'v1.36.3+sensorium', platform: `${process.platform}/${process.arch}` };

/** What the server is and what it serves; undefined when the path asks for something else. */
export function discover(world: World, { path, accept, method }: ApiRequest): Answer | undefined {
  if (method !== 'GET') return undefined;
  const steps = path.split('/').filter(Boolean);
  const [root, group, versionName] = steps;
  if (steps.length === 1 && ['healthz', 'readyz', 'livez'].includes(root!))
    return { code: 200, text: 'ok', contentType: 'text/plain; charset=utf-8' };
  if (steps.length === 1 && root === 'version') return { code: 200, body: version };
  const resources = world.registry.all();
  if (steps.length === 0)
    return { code: 200, body: { paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version'] } };
  if (steps.length === 1 && (root === 'api' || root === 'apis')) {
    const inside = resources.filter((resource) => (resource.group === '') === (root === 'api'));
    if (accept.includes('as=APIGroupDiscoveryList')) return aggregated(inside, accept);
    return {
      code: 200,
      body: root === 'api' ? { kind: 'APIVersions', versions: ['v1'] } : { kind: 'APIGroupList', apiVersion: 'v1', groups: groups(inside) },
    };
  }
  if (root === 'api' && steps.length === 2) return resourceList(resources, '', group!);
  if (root !== 'apis') return undefined;
  if (steps.length === 2) {
    const [found] = groups(resources.filter((resource) => resource.group === group));
    return found && { code: 200, body: { kind: 'APIGroup', apiVersion: 'v1', ...found } };
  }
  return steps.length === 3 ? resourceList(resources, group!, versionName!) : undefined;
}

/** Each group once, with its versions in order of preference. */
function versionsByGroup(resources: readonly Resource[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { group, versions } of resources) {
    const names = found.get(group) ?? [];
    found.set(group, [...new Set([...names, ...versions.map(({ name }) => name)])]);
  }
  return found;
}

function groups(resources: readonly Resource[]): JsonObject[] {
  return [...versionsByGroup(resources)].map(([name, names]) => {
    const versions = names.map((one) => ({ groupVersion: `${name}/${one}`, version: one }));
    return { name, versions, preferredVersion: versions[0]! };
  });
}

function resourceList(all: readonly Resource[], group: string, name: string): Answer | undefined {
  const resources = all.flatMap((resource) => {
    const found = resource.group === group ? resource.versions.find((one) => one.name === name) : undefined;
    return found ? [own(resource), ...subresources(resource, found)] : [];
  });
  if (resources.length === 0) return undefined;
  const groupVersion = group === '' ? name : `${group}/${name}`;
  return { code: 200, body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources } };
}

function own({ resource, singular, namespaced, kind, shortNames, categories, virtual }: Resource): JsonObject {
  return {
    name: resource,
    singularName: singular,
    namespaced,
    kind,
    verbs: virtual ? ['create'] : verbs,
    ...(shortNames.length > 0 ? { shortNames: [...shortNames] } : {}),
    ...(categories.length > 0 ? { categories: [...categories] } : {}),
  };
}

function subresources({ resource, namespaced, kind }: Resource, { status, scale }: Version): JsonObject[] {
  const some = { singularName: '', namespaced, verbs: ['get', 'patch', 'update'] };
  return [
    ...(status ? [{ name: `${resource}/status`, ...some, kind }] : []),
    ...(scale ? [{ name: `${resource}/scale`, ...some, group: 'autoscaling', version: 'v1', kind: 'Scale' }] : []),
  ];
}

/** Everything in one document, as newer clients ask for it. */
function aggregated(resources: readonly Resource[], accept: string): Answer {
  const wanted = /v=(v2(?:beta1)?)/.exec(accept)?.[1];
  if (!wanted) throw notAcceptable();
  const items: Json[] = [...versionsByGroup(resources)].map(([group, names]) => ({
    metadata: group === '' ? {} : { name: group },
    versions: names.map((name) => ({
      version: name,
      resources: resources.flatMap((one) => inGroup(one, group, name)),
      freshness: 'Current',
    })),
  }));
  return {
    code: 200,
    body: { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${wanted}`, metadata: {}, items },
    contentType: `application/json;g=apidiscovery.k8s.io;v=${wanted};as=APIGroupDiscoveryList`,
  };
}

function inGroup(resource: Resource, group: string, name: string): JsonObject[] {
  const found = resource.group === group ? resource.versions.find((one) => one.name === name) : undefined;
  if (!found) return [];
  const { singular, kind, namespaced, shortNames, categories, virtual } = resource;
  const below = subresources(resource, found).map((one) => ({
    subresource: String(one.name).split('/')[1]!,
    responseKind: { group: one.group ?? group, version: one.version ?? name, kind: one.kind! },
    verbs: one.verbs!,
  }));
  return [
    {
      resource: resource.resource,
      responseKind: { group, version: name, kind },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      singularResource: singular,
      verbs: virtual ? ['create'] : verbs,
      ...(shortNames.length > 0 ? { shortNames: [...shortNames] } : {}),
      ...(categories.length > 0 ? { categories: [...categories] } : {}),
      ...(below.length > 0 ? { subresources: below } : {}),
    },
  ];
}
