import type { Json } from '../../../core/json/json.ts';
import { metadataShape } from '../kinds/message-shape.ts';
import { fields, type ListShape, type Shape } from '../kinds/shape.ts';
import { type Schema, valuesOf } from './schema.ts';

/** The shape of a custom kind, from its schema's list and map types. */
export function shapeOfSchema(schema: Schema): Shape {
  const { metadata: _, ...own } = schema.properties ?? {};
  return fields({ metadata: metadataShape, ...Object.fromEntries(Object.entries(own).map(([field, inner]) => [field, shapeOf(inner)])) });
}

function shapeOf(schema: Schema): Shape {
  const { properties, items } = schema;
  const values = valuesOf(schema);
  const list = listShapeOf(schema);
  return {
    ...(properties ? { fields: Object.fromEntries(Object.entries(properties).map(([field, inner]) => [field, shapeOf(inner)])) } : {}),
    ...(values ? { values: shapeOf(values) } : {}),
    ...(items ? { items: shapeOf(items) } : {}),
    ...(list ? { list } : {}),
    ...(schema['x-kubernetes-map-type'] === 'atomic' ? { atomic: true } : {}),
  };
}

function listShapeOf(schema: Schema): ListShape | undefined {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (schema['x-kubernetes-list-type'] === 'set') return { kind: 'set' };
  if (schema['x-kubernetes-list-type'] !== 'map' || keys.length === 0) return undefined;
  const defaults: Record<string, Json> = {};
  for (const key of keys) {
    const value = schema.items?.properties?.[key]?.default;
    if (value !== undefined) defaults[key] = value;
  }
  return { kind: 'map', keys, defaults, mergeKey: keys[0]! };
}
