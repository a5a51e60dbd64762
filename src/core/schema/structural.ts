import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../json/json.ts';

/**
 * A zod schema in the dialect of a CustomResourceDefinition: structural OpenAPI v3 without `$ref`, unions or closed objects.
 * What the dialect cannot say becomes a free-form field (`x-kubernetes-preserve-unknown-fields`), never a wrong restriction.
 */
export function structuralSchema(schema: z.ZodType): JsonObject {
  const generated = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any', reused: 'inline', cycles: 'ref' });
  return structural(generated as unknown as Json);
}

const kept = [
  'type',
  'description',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'nullable',
  'format',
] as const;

function structural(schema: Json): JsonObject {
  if (
    !isObject(schema) ||
    typeof schema['type'] !== 'string' ||
    Object.keys(schema).some((key) => ['anyOf', 'oneOf', 'allOf', '$ref'].includes(key))
  ) {
    const description = isObject(schema) && typeof schema['description'] === 'string' ? { description: schema['description'] } : {};
    return { ...description, 'x-kubernetes-preserve-unknown-fields': true };
  }
  const result: JsonObject = {};
  for (const key of kept) if (schema[key] !== undefined && !isSafeIntegerBound(schema[key])) result[key] = schema[key];
  if (schema['type'] === 'array') result['items'] = structural(schema['items'] ?? {});
  if (schema['type'] === 'object') {
    if (isObject(schema['properties'])) {
      result['properties'] = Object.fromEntries(Object.entries(schema['properties']).map(([name, inner]) => [name, structural(inner)]));
    }
    if (isObject(schema['additionalProperties']) && Object.keys(schema['additionalProperties']).length > 0) {
      result['additionalProperties'] = structural(schema['additionalProperties']);
    } else {
      result['x-kubernetes-preserve-unknown-fields'] = true;
    }
  }
  return result;
}

const isSafeIntegerBound = (value: Json): boolean => value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER;
