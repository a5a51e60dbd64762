import { readObject } from './body.ts';
import { discover } from './discovery.ts';
import { shownAs } from './kinds/resource.ts';
import { openApi } from './openapi/index.ts';
import { representObject } from './represent.ts';
import type { Answer, ApiRequest } from './request.ts';
import { methodNotAllowed, noSuchResource, notFound } from './status.ts';
import { type Target, targetOf } from './target.ts';
import { create } from './verbs/create.ts';
import { deleteMany, deleteOne } from './verbs/delete.ts';
import { list } from './verbs/list.ts';
import { writeOptions } from './verbs/options.ts';
import { patch } from './verbs/patch.ts';
import { isPodStream, refusePodStream } from './verbs/pod-streams.ts';
import { scale } from './verbs/scale.ts';
import { update } from './verbs/update.ts';
import { watch } from './verbs/watch.ts';
import type { World } from './world.ts';

/** Answers one request. Throws a Refusal for every "no". */
export async function handle(world: World, request: ApiRequest): Promise<Answer> {
  const target = targetOf(world.registry, request.path);
  if (!target) return discover(world, request) ?? openApi(world, request) ?? nothingThere(request.path);
  if (target.subresource === undefined)
    return target.name === undefined ? onCollection(world, target, request) : onObject(world, target, request);
  if (target.subresource === 'status' && target.version.status) return onObject(world, target, request);
  if (target.subresource === 'scale' && target.version.scale) return scale(world, target, request);
  if (isPodStream(target)) refusePodStream(world, target);
  throw noSuchResource();
}

async function onCollection(world: World, target: Target, request: ApiRequest): Promise<Answer> {
  const { virtual, namespaced } = target.resource;
  if (request.method === 'POST' && namespaced === (target.namespace !== undefined)) {
    const options = writeOptions(request);
    const object = await create(world, target, readObject(request, target), options);
    return { code: 201, body: representObject(world, target, request, object), warnings: options.warnings };
  }
  if (virtual) throw methodNotAllowed();
  if (request.method === 'GET') return isWatch(request) ? watch(world, target, request) : list(world, target, request);
  if (request.method === 'DELETE' && namespaced === (target.namespace !== undefined)) return deleteMany(world, target, request);
  throw methodNotAllowed();
}

async function onObject(world: World, target: Target, request: ApiRequest): Promise<Answer> {
  const { resource, name } = target;
  if (request.method === 'GET') {
    if (isWatch(request)) return watch(world, target, request);
    const stored = world.store.collection(resource.storedAs).get(target.namespace ?? '', name!);
    if (!stored) throw notFound(resource, name!);
    return { code: 200, body: representObject(world, target, request, shownAs(target, stored)) };
  }
  if (request.method === 'PUT') {
    const options = writeOptions(request);
    const wanted = readObject(request, target);
    const object = await update(world, target, options, () => structuredClone(wanted));
    return { code: 200, body: representObject(world, target, request, object), warnings: options.warnings };
  }
  if (request.method === 'PATCH') {
    const options = writeOptions(request);
    const { object, created } = await patch(world, target, request, options);
    return { code: created ? 201 : 200, body: representObject(world, target, request, object), warnings: options.warnings };
  }
  if (request.method === 'DELETE' && target.subresource === undefined) return deleteOne(world, target, request);
  throw methodNotAllowed();
}

function isWatch({ query }: ApiRequest): boolean {
  return query.get('watch') === 'true' || query.get('watch') === '1';
}

function nothingThere(path: string): Answer {
  if (path.startsWith('/api/') || path.startsWith('/apis/')) throw noSuchResource();
  return { code: 404, text: '404 page not found\n', contentType: 'text/plain; charset=utf-8' };
}
