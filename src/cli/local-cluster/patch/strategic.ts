import { equalJson } from '../../../core/json/equal.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { type ListShape, type Shape, shapeOf } from '../kinds/shape.ts';
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
    else if (directive === '$setElementOrder' && patch[name] === undefined)
      result[name] = inOrder(result[name], value, shapeOf(shape, name).list);
  }
  return result;
}

function mergeField(live: Json, patch: Json, shape: Shape, order: Json | undefined): Json {
  if (!Array.isArray(patch)) return strategicMergePatch(live, patch, shape);
  const before = Array.isArray(live) ? live : [];
  if (!shape.list) return patch.filter((item) => !(isObject(item) && '$patch' in item));
  const merged =
    shape.list.kind === 'set'
      ? [...before, ...patch.filter((item) => !before.some((one) => equalJson(one, item)))]
      : mergeListByKey(before, patch, shape.list.mergeKey, (one, change) => strategicMergePatch(one, change, shape.items ?? {}));
  return Array.isArray(order) ? inOrder(merged, order, shape.list) : merged;
}

function orderOf(patch: JsonObject, field: string): Json | undefined {
  return patch[`$setElementOrder/${field}`];
}

/** Items in the order that the patch asks for; others keep their place behind the item that they stood behind. */
function inOrder(items: readonly Json[], order: readonly Json[], list: ListShape | undefined): Json[] {
  const identity = (item: Json): Json => (list?.kind === 'map' && isObject(item) ? (item[list.mergeKey] ?? null) : item);
  const rank = (item: Json) => order.findIndex((one) => equalJson(identity(one), identity(item)));
  let last = -1;
  const ranked = items.map((item, position) => {
    const own = rank(item);
    last = own < 0 ? last : own;
    return { item, own: own < 0 ? last + 0.5 : own, position };
  });
  return ranked.sort((a, b) => a.own - b.own || a.position - b.position).map(({ item }) => item);
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !field.startsWith('$')));
}
