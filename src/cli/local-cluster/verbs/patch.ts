import { isObject, type Json } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { applyObject } from '../apply/apply.ts';
import { asObject, mediaTypeOf, readJson, readYaml } from '../body.ts';
import { jsonPatch, PatchFailure, type PatchStep } from '../patch/json.ts';
import { mergePatch } from '../patch/merge.ts';
import { strategicMergePatch } from '../patch/strategic.ts';
import type { ApiRequest } from '../request.ts';
import { badRequest, Refusal, unsupportedMediaType } from '../status.ts';
import type { Target } from '../target.ts';
import type { World } from '../world.ts';
import type { WriteOptions } from './options.ts';
import { update } from './update.ts';

const json = 'application/json-patch+json';
const merge = 'application/merge-patch+json';
const strategic = 'application/strategic-merge-patch+json';
const apply = 'application/apply-patch+yaml';

/** PATCH in its four forms. Server-side apply makes what is not there yet; the others answer 404. */
export async function patch(
  world: World,
  target: Target,
  request: ApiRequest,
  options: WriteOptions,
): Promise<{ readonly object: KubeObject; readonly created: boolean }> {
  const type = mediaTypeOf(request);
  const known = target.resource.custom ? [json, merge, apply] : [json, merge, strategic, apply];
  if (!known.includes(type)) throw unsupportedMediaType(known);
  if (type === apply)
    return applyObject(world, target, asObject(readYaml(request.body.toString()), target), options, request.query.get('fieldManager'));
  const change = changeOf(type, readJson(request.body.toString()), target);
  const object = await update(world, target, options, (live) => asObject(change(live), target));
  return { object, created: false };
}

function changeOf(type: string, body: Json, target: Target): (live: KubeObject) => Json {
  if (type === json) {
    if (!Array.isArray(body)) throw badRequest('error decoding patch: a JSON patch is a list of operations');
    return (live) => tryJsonPatch(live, body as unknown as PatchStep[]);
  }
  if (!isObject(body)) throw badRequest('error decoding patch: the patch is not a map');
  if (type === merge) return (live) => structuredClone(mergePatch(live, body));
  return (live) => structuredClone(strategicMergePatch(live, body, target.version.shape));
}

function tryJsonPatch(live: KubeObject, steps: readonly PatchStep[]): Json {
  try {
    return jsonPatch(live, steps);
  } catch (thrown) {
    if (thrown instanceof PatchFailure)
      throw new Refusal(422, 'Invalid', `the server rejected our request due to an error in our request: ${thrown.message}`, {});
    throw thrown;
  }
}
