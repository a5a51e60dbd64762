import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Schema, valuesOf } from './schema.ts';

/**
 * Prunes an object by its structural schema, drops nulls where none may be and fills in defaults, in place, as the API server does before it
 * looks at anything else.
 * Answers the paths of the fields that were pruned.
 */
export function completeBySchema(schema: Schema, object: KubeObject): string[] {
  const pruned: string[] = [];
  const { metadata: _, ...properties } = schema.properties ?? {};
  completeMap({ ...schema, properties }, object, '', pruned, new Set(['apiVersion', 'kind', 'metadata']));
  return pruned;
}

const nothing: ReadonlySet<string> = new Set();
const embedded: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function completeValue(schema: Schema, value: Json, path: string, pruned: string[]): void {
  if (Array.isArray(value)) {
    if (schema.items) for (const [index, item] of value.entries()) completeValue(schema.items, item, `${path}[${index}]`, pruned);
  } else if (isObject(value)) {
    completeMap(schema, value, path, pruned, schema['x-kubernetes-embedded-resource'] ? embedded : nothing);
  }
}

function completeMap(schema: Schema, map: JsonObject, path: string, pruned: string[], untouched: ReadonlySet<string>): void {
  const values = valuesOf(schema);
  const keeps = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const properties = schema.properties ?? {};
  for (const [field, value] of Object.entries(map)) {
    const inner = Object.hasOwn(properties, field) ? properties[field] : values;
    if (value === null && inner && inner.nullable !== true) delete map[field];
  }
  for (const [field, inner] of Object.entries(properties)) {
    if (map[field] === undefined && inner.default !== undefined) map[field] = structuredClone(inner.default);
  }
  for (const [field, value] of Object.entries(map)) {
    if (untouched.has(field)) continue;
    const inner = Object.hasOwn(properties, field) ? properties[field] : values;
    const here = path === '' ? field : `${path}.${field}`;
    if (inner) completeValue(inner, value, here, pruned);
    else if (!keeps) {
      pruned.push(here);
      delete map[field];
    }
  }
}
