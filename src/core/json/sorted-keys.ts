import { byBytes } from './by-bytes.ts';
import type { JsonObject } from './json.ts';

/** The keys in the order of their code points, as Go prints them and gojq goes through them. Most objects are small and nearly in order, where inserting beats `sort`. */
export function sortedKeys(object: JsonObject): string[] {
  const keys = Object.keys(object);
  if (keys.length > 24) return keys.sort(byBytes);
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index]!;
    let hole = index;
    for (; hole > 0 && byBytes(keys[hole - 1]!, key) > 0; hole--) keys[hole] = keys[hole - 1]!;
    keys[hole] = key;
  }
  return keys;
}
