import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';

/**
 * A template laid over an object: members of maps one by one, everything else (lists, scalars, null) as a whole. An empty map clears
 * nothing. Neither of both is changed.
 */
export function merge(live: JsonObject, template: JsonObject): JsonObject {
  const result = { ...live };
  for (const [key, value] of Object.entries(template)) result[key] = over(result[key], value);
  return result;
}

function over(live: Json | undefined, value: Json): Json {
  return isObject(live) && isObject(value) ? merge(live, value) : value;
}
