import type { z } from 'zod';
import type { Json, JsonObject } from '../json/json.ts';
import { defaultOf } from './fields.ts';
import { type JsonSchema, jsonSchema } from './json-schema.ts';

/**
 * A zod schema in the dialect of a CustomResourceDefinition: structural OpenAPI v3 without `$ref`, unions or closed objects.
 * What the dialect cannot say becomes a free-form field (`x-kubernetes-preserve-unknown-fields`), never a wrong restriction.
 *
 * That a field is required, and its default, are said in words only: who writes a rule is told what is missing by Sensorium,
 * in one answer with everything else, and the API server stores what the author wrote.
 */
export function structuralSchema(schema: z.ZodType): JsonObject {
  return structural(jsonSchema(schema));
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
  'format',
] as const satisfies (keyof JsonSchema)[];

function structural(schema: JsonSchema): JsonObject {
  if (typeof schema.type !== 'string' || schema.anyOf || schema.allOf || schema.$ref) {
    return { ...(schema.description ? { description: schema.description } : {}), 'x-kubernetes-preserve-unknown-fields': true };
  }
  const result: JsonObject = {};
  for (const key of kept) if (schema[key] !== undefined) result[key] = schema[key] as Json;
  if (schema.const !== undefined) result['enum'] = [schema.const];
  if (schema.type === 'array') result['items'] = structural(schema.items ?? {});
  if (schema.type === 'object') {
    const { properties, required = [], additionalProperties: entries } = schema;
    if (properties) {
      result['properties'] = Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, structural(inWords(inner, required.includes(name)))]),
      );
    }
    if (typeof entries === 'object' && Object.keys(entries).length > 0) result['additionalProperties'] = structural(entries);
    else result['x-kubernetes-preserve-unknown-fields'] = true;
  }
  return result;
}

/** The field with what the dialect may not say of it at the end of its description. */
function inWords(schema: JsonSchema, required: boolean): JsonSchema {
  const otherwise = defaultOf(schema);
  const facts = required ? 'Required.' : otherwise === undefined ? '' : `Default: ${otherwise}.`;
  const description = [schema.description, facts].filter(Boolean).join(' ');
  return description ? { ...schema, description } : schema;
}
