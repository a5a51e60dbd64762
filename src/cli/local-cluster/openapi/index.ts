/**
 * What clients read to know the kinds: OpenAPI v3, one document for each group and version, made when it is asked for. `kubectl explain`
 * prints its texts, and kubectl makes its patches by it. Of OpenAPI v2 there is only the cover: a kubectl of today does not need more.
 */
import { createHash } from 'node:crypto';
import type { Answer, ApiRequest } from '../request.ts';
import type { World } from '../world.ts';
import { documentOf, rootOf, version } from './document.ts';

/** Undefined when the path asks for something else. */
export function openApi(world: World, { path, method, accept }: ApiRequest): Answer | undefined {
  if (method !== 'GET') return undefined;
  if (path === '/openapi/v2') {
    if (!accept.includes('protobuf')) return { code: 200, body: { swagger: '2.0', info: { title: 'Kubernetes', version }, paths: {} } };
    return { code: 200, text: emptyV2, contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf' };
  }
  if (path === '/openapi/v3')
    return { code: 200, body: { paths: Object.fromEntries(groupVersions(world).map((one) => [one, linkTo(world, one)])) } };
  const groupVersion = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1];
  if (groupVersion === undefined || !groupVersions(world).includes(groupVersion)) return undefined;
  return { code: 200, body: documentOf(world.registry.all(), groupVersion) };
}

/** `swagger: "2.0"` and `info: {title: "Kubernetes"}` in protobuf, which is what kubectl asks for. */
const emptyV2 = Buffer.from('0a03322e30120c0a0a4b756265726e65746573', 'hex');

function groupVersions({ registry }: World): string[] {
  return [...new Set(registry.all().flatMap((resource) => resource.versions.map(({ name }) => rootOf(resource, name))))].sort();
}

/** The hash changes when the document does, so that clients can keep what they have read: with a definition of the group, or with our version. */
function linkTo({ store }: World, groupVersion: string) {
  const [, group = ''] = groupVersion.split('/');
  const definitions = store.collection('customresourcedefinitions.apiextensions.k8s.io').list();
  const written = definitions
    .filter(({ metadata }) => metadata.name.endsWith(`.${group}`))
    .map(({ metadata }) => `${metadata.uid} ${metadata.generation}`);
  const hash = createHash('sha512')
    .update([version, groupVersion, ...written].join('\n'))
    .digest('hex')
    .toUpperCase();
  return { serverRelativeURL: `/openapi/v3/${groupVersion}?hash=${hash}` };
}
