import { equalJson } from '../../../core/json/equal.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { type Shape, shapeOf } from '../kinds/shape.ts';
import { arrange } from './arrange.ts';
import { mergeListByKey } from './strategic-list.ts';

/**
 * Strategic merge patch: like a merge patch, but lists whose items have a key are merged item by item, and directives in the patch say
 * what else is meant (`$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`). Leaves its inputs alone.
 */
export function strategicMergePatch(target: Json, patch: Json, shape: Shape): Json {
  if (!isObject(patch)) return patch;
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const result: JsonObject = isObject(target) ? { ...target } : {};
  const retained = patch.$retainKeys;
  if (Array.isArray(retained)) for (const field of Object.keys(result)) if (!retained.includes(field)) delete result[field];
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith('$')) continue;
    if (value === null) delete result[field];
    else result[field] = mergeField(result[field] ?? null, value, shapeOf(shape, field), orderOf(patch, field));
  }
  for (const [field, value] of Object.entries(patch)) {
    const [directive, name] = field.split('/') as [string, string?];
    if (name === undefined || !Array.isArray(value) || !Array.isArray(result[name])) continue;
    if (directive === '$deleteFromPrimitiveList')
      result[name] = result[name].filter((item) => !value.some((gone) => equalJson(gone, item)));
    else if (directive === '$setElementOrder' && patch[name] === undefined) {
      result[name] = arrange(result[name], value, result[name], shapeOf(shape, name).list);
    }
  }
  return result;
}

function mergeField(live: Json, patch: Json, shape: Shape, order: Json | undefined): Json {
  if (!Array.isArray(patch)) return strategicMergePatch(live, patch, shape);
  const before = Array.isArray(live) ? live : [];
  if (!shape.list || shape.unpatched) return patch.filter((item) => !(isObject(item) && '$patch' in item));
  const merged =
    shape.list.kind === 'set'
      ? [...before, ...patch.filter((item) => !before.some((one) => equalJson(one, item)))]
      : mergeListByKey(before, patch, shape.list.mergeKey, (one, change) => strategicMergePatch(one, change, shape.items ?? {}));
  return arrange(merged, Array.isArray(order) ? order : patch, before, shape.list);
}

function orderOf(patch: JsonObject, field: string): Json | undefined {
  return patch[`$setElementOrder/${field}`];
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !field.startsWith('$')));
}
