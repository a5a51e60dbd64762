import { z } from 'zod';
import type { Json } from '../json/json.ts';

/** As much of JSON Schema (draft 7) as our schemas become. Plain data: it can be written out, and walked for texts. */
export interface JsonSchema {
  $schema?: string;
  $ref?: string;
  $comment?: string;
  title?: string;
  /** Several for a value that may be of any of these. */
  type?: string | string[];
  description?: string;
  default?: Json;
  examples?: Json[];
  enum?: Json[];
  const?: Json;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  if?: JsonSchema;
  then?: JsonSchema;
  definitions?: Record<string, JsonSchema>;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
}

/** A property of some schemas, as zod's own metadata are. */
const shown = new WeakMap<object, z.ZodType>();

/** The schema, which authors are shown as another one: what it takes is looked at more closely by whoever reads it. */
export function shownAs<Schema extends z.ZodType>(schema: Schema, as: z.ZodType): Schema {
  shown.set(schema, as);
  return schema;
}

/**
 * What an author may write, as JSON Schema: a field with a default is not required, unknown fields of closed objects are refused,
 * nothing is referred to elsewhere. Editors, CRDs, the reference and `explain` are all made from this one form.
 */
export function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema: one }) => {
      const other = shown.get(zodSchema);
      if (other) replace(one, jsonSchema(other));
      // An integer is bounded by what a double holds: true, and of no use to anybody.
      if (one.minimum === Number.MIN_SAFE_INTEGER) delete one.minimum;
      if (one.maximum === Number.MAX_SAFE_INTEGER) delete one.maximum;
      // Keys of YAML are texts anyway.
      delete one.propertyNames;
    },
  });
  return rest as JsonSchema;
}

function replace(one: object, other: JsonSchema): void {
  for (const key of Object.keys(one)) delete (one as Record<string, unknown>)[key];
  Object.assign(one, other);
}
