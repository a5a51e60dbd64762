import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';

/** JSON Merge Patch (RFC 7386): maps are merged, null removes, all else replaces. Leaves its inputs alone; shares parts with them. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete result[field];
    else result[field] = mergePatch(result[field] ?? null, value);
  }
  return result;
}
