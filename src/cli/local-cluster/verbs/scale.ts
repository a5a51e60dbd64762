import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { readJson } from '../body.ts';
import { at, mapIn, selectorText } from '../kinds/columns.ts';
import { type ScalePaths, shownAs } from '../kinds/resource.ts';
import { mergePatch } from '../patch/merge.ts';
import type { Answer, ApiRequest } from '../request.ts';
import { badRequest, methodNotAllowed, notFound } from '../status.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';
import { writeOptions } from './options.ts';
import { update } from './update.ts';

/** `/scale`: the number of replicas of anything that has one, in the form that `kubectl scale` and autoscalers know. */
export async function scale(world: World, target: Target, request: ApiRequest): Promise<Answer> {
  const { resource, name } = target;
  const paths = target.version.scale!;
  const stored = world.store.collection(resource.storedAs).get(target.namespace ?? '', name!);
  if (!stored) throw notFound(resource, name!);
  const live = shownAs(target, stored);
  if (request.method === 'GET') return { code: 200, body: scaleOf(live, paths) };
  if (request.method !== 'PUT' && request.method !== 'PATCH') throw methodNotAllowed();
  const body = readJson(request.body.toString());
  const wanted = request.method === 'PUT' ? body : mergePatch(scaleOf(live, paths), body);
  const replicas = at(wanted, 'spec', 'replicas') ?? 0;
  if (!Number.isInteger(replicas) || (replicas as number) < 0)
    throw badRequest('spec.replicas of a Scale is a whole number that is not negative');
  const base = at(wanted, 'metadata', 'resourceVersion');
  const object = await update(world, { ...target, subresource: undefined }, writeOptions(request), (current) => {
    const next = structuredClone(current);
    next.metadata.resourceVersion = (base ?? '') as string;
    put(next, paths.wanted, replicas as number);
    return next;
  });
  return { code: 200, body: scaleOf(object, paths) };
}

function scaleOf(object: KubeObject, paths: ScalePaths): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = paths.selector && at(object, ...paths.selector);
  const text =
    selector === undefined
      ? undefined
      : isObject(selector)
        ? selectorText('matchLabels' in selector ? selector : { matchLabels: selector })
        : String(selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace: namespace!, uid: uid!, resourceVersion: resourceVersion!, creationTimestamp: creationTimestamp! },
    spec: { replicas: (at(object, ...paths.wanted) ?? 0) as Json },
    status: { replicas: (at(object, ...paths.actual) ?? 0) as Json, ...(text === undefined ? {} : { selector: text }) },
  };
}

function put(object: JsonObject, path: readonly string[], value: Json): void {
  const [field, ...rest] = path;
  if (rest.length === 0) object[field!] = value;
  else put(mapIn(object, field!), rest, value);
}
