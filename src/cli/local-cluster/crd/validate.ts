import { equalJson } from '../../../core/json/equal.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import { type Cause, required, unsupported, wrong } from '../status.ts';
import { checkLimits } from './limits.ts';
import { type Schema, valuesOf } from './schema.ts';

/** What is wrong with an object by its schema: types, required fields, enums, patterns, limits. */
export function validate(schema: Schema, object: KubeObject): Cause[] {
  const { metadata: _, ...properties } = schema.properties ?? {};
  const causes: Cause[] = [];
  checkValue({ ...schema, properties }, object, '', causes);
  return causes;
}

function checkValue(schema: Schema, value: Json, path: string, causes: Cause[]): void {
  if (value === null && schema.nullable) return;
  if (!hasType(schema, value)) {
    const wanted = schema.type ?? 'integer,string';
    causes.push({
      reason: 'FieldValueTypeInvalid',
      message: `Invalid value: ${JSON.stringify(typeName(value))}: ${path || '<root>'} in body must be of type ${wanted}: ${JSON.stringify(typeName(value))}`,
      field: path || '<nil>',
    });
    return;
  }
  if (schema.enum && !schema.enum.some((one) => equalJson(one, value))) {
    causes.push(unsupported(path, value, schema.enum.map(String)));
  }
  checkLimits(schema, value, path, causes);
  if (Array.isArray(value)) checkItems(schema, value, path, causes);
  else if (isObject(value)) checkFields(schema, value, path, causes);
  checkChoices(schema, value, path, causes);
}

function checkItems(schema: Schema, items: readonly Json[], path: string, causes: Cause[]): void {
  if (schema.items) for (const [index, item] of items.entries()) checkValue(schema.items, item, `${path}[${index}]`, causes);
  const keys = schema['x-kubernetes-list-map-keys'];
  const kind = schema['x-kubernetes-list-type'];
  if (kind !== 'set' && kind !== 'map') return;
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const identity =
      kind === 'set' ? item : Object.fromEntries((keys ?? []).map((key) => [key, isObject(item) ? (item[key] ?? null) : null]));
    const text = JSON.stringify(identity);
    if (seen.has(text)) causes.push({ reason: 'FieldValueDuplicate', message: `Duplicate value: ${text}`, field: `${path}[${index}]` });
    seen.add(text);
  }
}

function checkFields(schema: Schema, map: Readonly<Record<string, Json>>, path: string, causes: Cause[]): void {
  const under = (field: string) => (path === '' ? field : `${path}.${field}`);
  for (const field of schema.required ?? []) if (!Object.hasOwn(map, field)) causes.push(required(under(field)));
  const values = valuesOf(schema);
  for (const [field, value] of Object.entries(map)) {
    if (path === '' && field === 'metadata') continue;
    const inner = Object.hasOwn(schema.properties ?? {}, field) ? schema.properties![field] : values;
    if (inner) checkValue(inner, value, under(field), causes);
  }
}

function checkChoices(schema: Schema, value: Json, path: string, causes: Cause[]): void {
  const accepts = (one: Schema) => {
    const inner: Cause[] = [];
    checkValue(one, value, path, inner);
    return inner.length === 0;
  };
  for (const one of schema.allOf ?? []) checkValue(one, value, path, causes);
  const say = (because: string) => causes.push(wrong(path || '<nil>', value, `${path || '<root>'} in body ${because}`));
  if (schema.anyOf && !schema['x-kubernetes-int-or-string'] && !schema.anyOf.some(accepts))
    say('must validate at least one schema (anyOf)');
  if (schema.oneOf && schema.oneOf.filter(accepts).length !== 1) say('must validate one and only one schema (oneOf)');
  if (schema.not && accepts(schema.not)) say('must not validate the schema (not)');
}

function hasType(schema: Schema, value: Json): boolean {
  if (schema['x-kubernetes-int-or-string']) return typeof value === 'string' || Number.isInteger(value) || typeof value === 'bigint';
  switch (schema.type) {
    case undefined:
      return true;
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value) || typeof value === 'bigint';
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    default:
      return typeof value === schema.type;
  }
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'bigint' ? 'integer' : typeof value;
}
