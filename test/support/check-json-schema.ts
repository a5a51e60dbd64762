import type { JsonSchema } from '../../src/core/schema/json-schema.ts';

/** The keywords that only speak to people. */
const silent = new Set(['$schema', '$comment', 'title', 'description', 'default', 'examples', 'definitions', 'format', 'then']);

type Rule = (value: unknown, wanted: never, schema: JsonSchema, root: JsonSchema) => boolean;

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const isType = (value: unknown, type: string): boolean =>
  type === 'integer' ? Number.isInteger(value) || typeof value === 'bigint' : typeOf(value) === type;

/** The keywords that our schemas use, as draft 7 means them. */
const rules: Record<string, Rule> = {
  type: (value, wanted: string | string[]) => [wanted].flat().some((type) => isType(value, type)),
  enum: (value, wanted: unknown[]) => wanted.includes(value),
  const: (value, wanted: unknown) => value === wanted,
  minLength: (value, wanted: number) => typeof value !== 'string' || value.length >= wanted,
  maxLength: (value, wanted: number) => typeof value !== 'string' || value.length <= wanted,
  pattern: (value, wanted: string) => typeof value !== 'string' || new RegExp(wanted, 'u').test(value),
  minimum: (value, wanted: number) => typeof value !== 'number' || value >= wanted,
  maximum: (value, wanted: number) => typeof value !== 'number' || value <= wanted,
  minItems: (value, wanted: number) => !Array.isArray(value) || value.length >= wanted,
  items: (value, wanted: JsonSchema, _, root) => !Array.isArray(value) || value.every((one) => fits(one, wanted, root)),
  required: (value, wanted: string[]) => !isMap(value) || wanted.every((name) => name in value),
  properties: (value, wanted: Record<string, JsonSchema>, _, root) =>
    !isMap(value) || Object.entries(wanted).every(([name, inner]) => !(name in value) || fits(value[name], inner, root)),
  additionalProperties: (value, wanted: boolean | JsonSchema, { properties = {} }, root) =>
    !isMap(value) || Object.entries(value).every(([name, inner]) => name in properties || fits(inner, wanted, root)),
  anyOf: (value, wanted: JsonSchema[], _, root) => wanted.some((one) => fits(value, one, root)),
  allOf: (value, wanted: JsonSchema[], _, root) => wanted.every((one) => fits(value, one, root)),
  if: (value, wanted: JsonSchema, schema, root) => !fits(value, wanted, root) || fits(value, schema.then ?? true, root),
  $ref: (value, wanted: string, _, root) => fits(value, root.definitions![wanted.replace('#/definitions/', '')]!, root),
};

/** Whether a value fits a schema. Throws for a keyword that it does not know: then somebody must teach it. */
export function fits(value: unknown, schema: JsonSchema | boolean, root: JsonSchema = schema as JsonSchema): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.entries(schema).every(([keyword, wanted]) => {
    if (silent.has(keyword)) return true;
    if (!rules[keyword]) throw new Error(`the keyword ${keyword} is not known here`);
    return rules[keyword](value, wanted as never, schema, root);
  });
}
