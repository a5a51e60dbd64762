import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { showAge } from '../age.ts';
import type { Column } from './resource.ts';

/** The value at a path of field names and list positions, or undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof step === 'number' ? !Array.isArray(current) : !isObject(current)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The map in a field, made when there is none. */
export function mapIn(object: JsonObject, field: string): JsonObject {
  const found = object[field];
  if (isObject(found)) return found;
  const made: JsonObject = {};
  object[field] = made;
  return made;
}

export const name: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name is unique within a namespace.',
  cell: (object) => object.metadata.name,
};

export const age: Column = {
  name: 'Age',
  type: 'string',
  description: 'Time since the object was created.',
  cell: (object, now) => ageOf(object.metadata.creationTimestamp, now),
};

export function ageOf(timestamp: unknown, now: number): string {
  const then = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(then) ? '<unknown>' : showAge(now - then);
}

export function column(title: string, cell: (object: Json, now: number) => unknown, type: Column['type'] = 'string'): Column {
  return { name: title, type, cell: (object, now) => (cell(object, now) ?? (type === 'string' ? '<none>' : 0)) as Json };
}

export const createdAt: Column = { ...column('Created At', (object) => at(object, 'metadata', 'creationTimestamp')), type: 'date' };

/** A column for `-o wide`. */
export function wide(title: string, cell: (object: Json, now: number) => unknown): Column {
  return { ...column(title, cell), priority: 1 };
}

/** Items of a list as people read them: `a,b,c + 2 more...`, or `<none>`. */
export function joined(items: readonly unknown[], most = Number.POSITIVE_INFINITY): string {
  if (items.length === 0) return '<none>';
  const shown = items.slice(0, most).join(',');
  return items.length > most ? `${shown} + ${items.length - most} more...` : shown;
}

/** A label selector as people read it: `app=web,tier in (a,b)`. */
export function selectorText(selector: unknown): string {
  const parts = Object.entries((at(selector, 'matchLabels') as object | undefined) ?? {}).map(([key, value]) => `${key}=${value}`);
  for (const one of listAt(selector, 'matchExpressions')) {
    const [key, operator, values] = [at(one, 'key'), at(one, 'operator'), listAt(one, 'values')];
    if (operator === 'Exists') parts.push(`${key}`);
    else if (operator === 'DoesNotExist') parts.push(`!${key}`);
    else parts.push(`${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`);
  }
  return joined(parts);
}

export function labelsText(labels: unknown): string {
  return joined(Object.entries((isObject(labels) ? labels : {}) as object).map(([key, value]) => `${key}=${value}`));
}
