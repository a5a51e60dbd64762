/** Looking into objects that may not be as their schema wants them. */
import { isObject, type Json, type JsonObject } from '../core/json/json.ts';

/** The value at a path; undefined where there is none. */
export function at(value: Json, ...path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) current = isObject(current) ? current[step] : undefined;
  return current;
}

/** The objects of a list; what else is in it is left out, without moving the others. */
export const objectsIn = (value: Json | undefined): { one: JsonObject; index: number }[] =>
  Array.isArray(value) ? value.flatMap((one, index) => (isObject(one) ? [{ one, index }] : [])) : [];

export const namespaceOf = (object: JsonObject): string => String(at(object, 'metadata', 'namespace') ?? '');

export const nameOf = (object: JsonObject): string => String(at(object, 'metadata', 'name') ?? '');

export const idOf = (object: JsonObject): string => `${namespaceOf(object)}/${nameOf(object)}`;
