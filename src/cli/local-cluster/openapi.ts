import type { JsonObject } from '../../core/json/json.ts';
import type { Resource } from './kinds/resource.ts';
import type { Answer, ApiRequest } from './request.ts';
import type { World } from './world.ts';

/**
 * As much OpenAPI as clients need to know what the server can do: that a PATCH takes `fieldValidation`, so that kubectl leaves the
 * checking to the server. There are no schemas in it; without them kubectl makes its patches from the types that it has built in.
 */
export function openApi(world: World, { path, method, accept }: ApiRequest): Answer | undefined {
  if (method !== 'GET') return undefined;
  if (path === '/openapi/v2') {
    if (!accept.includes('protobuf')) return { code: 200, body: { swagger: '2.0', info: { title: 'Kubernetes', version }, paths: {} } };
    return { code: 200, text: emptyV2, contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' };
  }
  if (path === '/openapi/v3')
    return {
      code: 200,
      body: { paths: Object.fromEntries(groupVersions(world).map((one) => [one, { serverRelativeURL: `/openapi/v3/${one}` }])) },
    };
  const groupVersion = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1];
  if (groupVersion === undefined || !groupVersions(world).includes(groupVersion)) return undefined;
  return { code: 200, body: documentOf(world, groupVersion) };
}

const version = 'v1.36.3';

/** `swagger: "2.0"` and `info: {title: "Kubernetes"}` in protobuf, which is what kubectl asks for. */
const emptyV2 = Buffer.from('0a03322e30120c0a0a4b756265726e65746573', 'hex');

function groupVersions(world: World): string[] {
  return [...new Set(world.registry.all().flatMap((resource) => resource.versions.map(({ name }) => rootOf(resource, name))))];
}

function rootOf({ group }: Resource, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function documentOf(world: World, groupVersion: string): JsonObject {
  const paths: JsonObject = {};
  for (const resource of world.registry.all()) {
    for (const version of resource.versions) {
      if (rootOf(resource, version.name) !== groupVersion || resource.virtual) continue;
      const place = resource.namespaced ? `namespaces/{namespace}/${resource.resource}` : resource.resource;
      paths[`/${groupVersion}/${place}/{name}`] = { patch: patchOf(resource, version.name) };
    }
  }
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version }, paths };
}

function patchOf({ group, kind }: Resource, version: string): JsonObject {
  const query = (name: string, type: string) => ({ name, in: 'query', schema: { type, uniqueItems: true } });
  return {
    parameters: [query('dryRun', 'string'), query('fieldManager', 'string'), query('fieldValidation', 'string'), query('force', 'boolean')],
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group, kind, version },
  };
}
