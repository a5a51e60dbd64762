import type { JsonObject } from '../../core/json/json.ts';
import type { KubeObject } from '../../core/kube/kube.ts';
import { apiVersionOf } from './kinds/resource.ts';
import { formOf } from './negotiate.ts';
import type { ApiRequest } from './request.ts';
import { metadataOf, tableOf } from './table.ts';
import type { Target } from './target.ts';
import type { World } from './world.ts';

/** One object (of the version that the target names) in the form that the client asked for. */
export function representObject(world: World, target: Target, request: ApiRequest, object: KubeObject): JsonObject {
  const form = formOf(request.accept);
  if (form === 'object') return object;
  if (form === 'PartialObjectMetadata') return metadataOf(object);
  return tableOf([object], { resourceVersion: object.metadata.resourceVersion ?? '' }, tableOptions(world, target, request));
}

export function representList(world: World, target: Target, request: ApiRequest, items: KubeObject[], metadata: JsonObject): JsonObject {
  const form = formOf(request.accept);
  if (form === 'Table') return tableOf(items, metadata, tableOptions(world, target, request));
  if (form === 'PartialObjectMetadata') {
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(metadataOf) };
  }
  return { kind: target.resource.listKind, apiVersion: apiVersionOf(target), metadata, items };
}

function tableOptions(world: World, target: Target, request: ApiRequest) {
  return { columns: target.version.columns, now: world.clock.now(), includeObject: request.query.get('includeObject') ?? 'Metadata' };
}
