import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { stringifyJson } from '../../../core/json/stringify.ts';
import { type ListShape, type Shape, shapeOf } from '../kinds/shape.ts';

/** One part of a value that can be owned by itself. */
interface Part {
  readonly step: string;
  readonly value: Json;
  readonly shape: Shape;
}

/** The parts of a value by their steps; undefined when it can only be owned whole. */
export function partsOf(value: Json, shape: Shape): Map<string, Part> | undefined {
  const parts = new Map<string, Part>();
  if (isObject(value)) {
    if (shape.atomic) return undefined;
    for (const field in value) parts.set(`f:${field}`, { step: `f:${field}`, value: value[field]!, shape: shapeOf(shape, field) });
    return parts;
  }
  if (!Array.isArray(value) || !shape.list) return undefined;
  for (const item of value) {
    const step = stepOf(item, shape.list);
    parts.set(step, { step, value: item, shape: shape.list.kind === 'set' ? {} : (shape.items ?? {}) });
  }
  return parts;
}

/** How an item of a list is named: by its keys, or as an item of a set by itself. */
export function stepOf(item: Json, list: ListShape): string {
  if (list.kind === 'set') return `v:${stringifyJson(item)}`;
  const keys: JsonObject = {};
  for (const key of [...list.keys].sort()) {
    const value = (isObject(item) ? item[key] : undefined) ?? list.defaults[key];
    if (value !== undefined) keys[key] = value;
  }
  return `k:${stringifyJson(keys)}`;
}
