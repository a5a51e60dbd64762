import { equalJson } from '../../../core/json/equal.ts';
import { isObject, type Json } from '../../../core/json/json.ts';

/**
 * Merges a list whose items are told apart by `key`. Items of the patch change their twin or are appended; `$patch: delete` takes the twin
 * away, and `$patch: replace` on an item of its own empties the list first.
 */
export function mergeListByKey(
  live: readonly Json[],
  patch: readonly Json[],
  key: string,
  merge: (one: Json, change: Json) => Json,
): Json[] {
  const replaces = patch.some((item) => isObject(item) && item.$patch === 'replace' && item[key] === undefined);
  const result = replaces ? [] : [...live];
  for (const item of patch) {
    if (!isObject(item) || (item.$patch === 'replace' && item[key] === undefined)) continue;
    const twin = result.findIndex((one) => isObject(one) && equalJson(one[key] ?? null, item[key] ?? null));
    if (item.$patch === 'delete') {
      if (twin >= 0) result.splice(twin, 1);
    } else if (twin >= 0) result[twin] = merge(result[twin]!, item);
    else result.push(merge({}, item));
  }
  return result;
}
