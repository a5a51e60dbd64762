/**
 * A schema read as a person reads it: its fields with their types in words, what they are when left out, and what may stand there.
 * `explain` and the reference pages print what is found here.
 */
import type { Json } from '../json/json.ts';
import type { JsonSchema } from './json-schema.ts';

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The fields below a schema, through lists and maps of objects; none for a value without fields. In the order of the schema. */
export function fieldsOf(schema: JsonSchema): Field[] {
  const { properties = {}, required = [] } = objectIn(schema);
  return Object.entries(properties).map(([name, inner]) => ({ name, required: required.includes(name), schema: inner }));
}

/** The object within the lists, maps and choices around it. */
export function objectIn(schema: JsonSchema): JsonSchema {
  const inner = schema.items ?? entriesOf(schema) ?? schema.anyOf?.find(({ properties }) => properties);
  return inner ? objectIn(inner) : schema;
}

/** What leads from a field to the object in it: `[]` through a list, `.NAME` through a map. */
export function marksOf(schema: JsonSchema): string {
  if (schema.items) return `[]${marksOf(schema.items)}`;
  const entries = entriesOf(schema);
  return entries ? `.NAME${marksOf(entries)}` : '';
}

/** The schema of the entries of a map, whose keys the author chooses; undefined for anything else. */
export function entriesOf({ properties, additionalProperties }: JsonSchema): JsonSchema | undefined {
  if (properties || typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0) return undefined;
  return additionalProperties;
}

/** `string`, `[]Object`, `map[string]string`, `string or integer`, as kubectl names types. */
export function typeOf(schema: JsonSchema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'array') return `[]${typeOf(schema.items ?? {})}`;
  const entries = entriesOf(schema);
  if (entries) return `map[string]${typeOf(entries)}`;
  return schema.type === 'object' ? 'Object' : (schema.type ?? 'any');
}

/** The values that a field is limited to; the empty text, which means "left out" wherever it may stand, is not named. */
export function choicesOf(schema: JsonSchema): Json[] {
  const { enum: values, const: only } = schema.type === 'array' ? (schema.items ?? {}) : schema;
  return (only === undefined ? (values ?? []) : [only]).filter((value) => value !== '');
}

/** What a field is when it is left out, as YAML on one line; undefined when it then simply is not there. */
export function defaultOf({ default: value }: JsonSchema): string | undefined {
  if (value === undefined || value === '' || value === false || (typeof value === 'object' && value !== null)) return undefined;
  return String(value);
}

/** Of the values that a field is limited to, a sentence, unless its description names them all. */
export function choicesSaid(schema: JsonSchema): string | undefined {
  const choices = choicesOf(schema).map(String);
  if (choices.length === 1) return `Always \`${choices[0]}\`.`;
  if (choices.every((choice) => schema.description?.includes(`\`${choice}\``))) return undefined;
  return `One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`;
}
