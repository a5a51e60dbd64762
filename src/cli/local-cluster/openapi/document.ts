import type { JsonObject } from '../../../core/json/json.ts';
import type { Resource, Version } from '../kinds/resource.ts';
import { kindSchema, listSchema } from './kind-schema.ts';
import { createSchemas, type Schemas } from './schemas.ts';

export const version = 'v1.36.3';

/** Where a group's version has its paths: `api/v1`, `apis/apps/v1`. */
export function rootOf({ group }: Resource, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

/** The OpenAPI document of one group and version: its paths, and the schemas of its kinds. */
export function documentOf(resources: readonly Resource[], groupVersion: string): JsonObject {
  const schemas = createSchemas();
  const paths: JsonObject = {};
  for (const resource of resources) {
    for (const one of resource.versions) {
      if (rootOf(resource, one.name) === groupVersion) addPaths(paths, `/${groupVersion}`, resource, one, schemas);
    }
  }
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version }, paths, components: { schemas: schemas.all() } };
}

function addPaths(paths: JsonObject, root: string, resource: Resource, version: Version, schemas: Schemas): void {
  const { namespaced, virtual, group, kind } = resource;
  const about = { group, kind, version: version.name };
  const object = schemas.add(...kindSchema(resource, version, schemas));
  const place = namespaced ? `${root}/namespaces/{namespace}/${resource.resource}` : `${root}/${resource.resource}`;
  const operation = (action: string, answer: JsonObject, words: readonly string[] = [], more: JsonObject = {}): JsonObject => ({
    ...(words.length > 0 ? { parameters: words.map(query) } : {}),
    ...more,
    responses: { '200': { description: 'OK', content: { 'application/json': { schema: answer } } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': about,
  });
  const body = { requestBody: { content: { '*/*': { schema: object } }, required: true } };
  if (virtual) {
    paths[place] = { post: operation('post', object, writing, body) };
    return;
  }
  const list = operation('list', schemas.add(...listSchema(resource, version, object, schemas)), listing);
  const onObject = (content: JsonObject): JsonObject => ({
    get: operation('get', content),
    put: operation('put', content, writing, { requestBody: { content: { '*/*': { schema: content } }, required: true } }),
    patch: operation('patch', content, [...writing, 'force'], { requestBody: { content: patches(resource), required: true } }),
  });
  if (namespaced) paths[`${root}/${resource.resource}`] = { get: list };
  paths[place] = { get: list, post: operation('post', object, writing, body) };
  paths[`${place}/{name}`] = { ...onObject(object), delete: operation('delete', { type: 'object' }, ['dryRun', 'propagationPolicy']) };
  if (version.status) paths[`${place}/{name}/status`] = onObject(object);
  if (version.scale) paths[`${place}/{name}/scale`] = onObject(schemas.refTo('Scale'));
}

const writing = ['dryRun', 'fieldManager', 'fieldValidation'];
const listing = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'timeoutSeconds',
  'watch',
];
const types: Readonly<Record<string, string>> = {
  force: 'boolean',
  allowWatchBookmarks: 'boolean',
  watch: 'boolean',
  limit: 'integer',
  timeoutSeconds: 'integer',
};

function query(name: string): JsonObject {
  return { name, in: 'query', schema: { type: types[name] ?? 'string', uniqueItems: true } };
}

/** The forms of a patch that the kind takes. kubectl sends a strategic one only where this says so. */
function patches({ custom }: Resource): JsonObject {
  const known = ['apply-patch+yaml', 'json-patch+json', 'merge-patch+json', ...(custom ? [] : ['strategic-merge-patch+json'])];
  return Object.fromEntries(known.map((type) => [`application/${type}`, { schema: { type: 'object' } }]));
}
