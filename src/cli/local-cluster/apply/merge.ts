import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { type Shape, shapeOf } from '../kinds/shape.ts';
import type { FieldSet } from './field-set.ts';
import { partsOf, stepOf } from './steps.ts';

/** The live value with an applied one laid over it: maps field by field, keyed lists item by item, all else replaced. */
export function mergeApplied(live: Json | undefined, applied: Json, shape: Shape): Json {
  if (isObject(applied) && isObject(live) && !shape.atomic) {
    const result: JsonObject = { ...live };
    for (const [field, value] of Object.entries(applied)) {
      if (value === null) delete result[field];
      else result[field] = mergeApplied(live[field], value, shapeOf(shape, field));
    }
    return result;
  }
  if (!Array.isArray(applied) || !Array.isArray(live) || !shape.list) return applied;
  const wanted = partsOf(applied, shape)!;
  const result: Json[] = [];
  for (const item of live) {
    const step = stepOf(item, shape.list);
    const change = wanted.get(step);
    result.push(change ? mergeApplied(item, change.value, change.shape) : item);
    wanted.delete(step);
  }
  return [...result, ...[...wanted.values()].map(({ value }) => value)];
}

/**
 * A value without what a manager had applied before and does not any more, unless somebody else owns it too. `kept` holds what the manager
 * applies now and what others own.
 */
export function pruneApplied(value: Json, before: FieldSet | undefined, kept: FieldSet | undefined, shape: Shape): Json {
  const parts = before && partsOf(value, shape);
  if (!parts) return value;
  const gone = new Set<string>();
  const changed = new Map<string, Json>();
  for (const [step, part] of parts) {
    if (!before[step]) continue;
    if (!kept?.[step]) gone.add(step);
    else changed.set(step, pruneApplied(part.value, before[step], kept[step], part.shape));
  }
  if (Array.isArray(value)) {
    const steps = value.map((item) => [stepOf(item, shape.list!), item] as const);
    return steps.filter(([step]) => !gone.has(step)).map(([step, item]) => changed.get(step) ?? item);
  }
  const left: JsonObject = {};
  for (const [field, inner] of Object.entries(value as JsonObject)) {
    if (!gone.has(`f:${field}`)) left[field] = changed.get(`f:${field}`) ?? inner;
  }
  return left;
}
