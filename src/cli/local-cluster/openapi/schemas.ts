import type { JsonObject } from '../../../core/json/json.ts';
import { messages } from '../kinds/messages.ts';
import type { Message, MessageField } from '../kinds/read-messages.ts';

/** Collects the schemas that a document refers to, each under its full name, such as `io.k8s.api.core.v1.Pod`. */
export interface Schemas {
  /** A reference to a message of the table of kinds; its schema, and those that it refers to, are in the document from then on. */
  refTo(key: string): JsonObject;
  /** A reference to a schema that is given; what it refers to has to be asked for by itself. */
  add(name: string, schema: JsonObject): JsonObject;
  all(): JsonObject;
}

export function createSchemas(): Schemas {
  const found = new Map<string, JsonObject>();
  const schemas: Schemas = {
    refTo(key) {
      const message = messages.get(key)!;
      const name = `${message.package}.${message.name}`;
      if (!found.has(name)) {
        found.set(name, {}); // a message may contain itself
        found.set(name, schemaOf(message, schemas));
      }
      return reference(name);
    },
    add(name, schema) {
      found.set(name, schema);
      return reference(name);
    },
    all: () => Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return schemas;
}

const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** Messages that are one value in JSON, and what it can be. */
const single: Readonly<Record<string, JsonObject>> = {
  Quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  IntOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  Time: { type: 'string', format: 'date-time' },
  MicroTime: { type: 'string', format: 'date-time' },
  FieldsV1: { type: 'object' },
  RawExtension: { type: 'object' },
  JSON: {},
  JSONSchemaPropsOrBool: {},
  JSONSchemaPropsOrArray: {},
  JSONSchemaPropsOrStringArray: {},
};

export function schemaOf(message: Message, schemas: Schemas): JsonObject {
  const value = single[message.name];
  if (value) return { description: message.about, ...value };
  const fields = [...message.byName].sort(([a], [b]) => (a < b ? -1 : 1));
  const required = fields.filter(([, { field }]) => field.required).map(([name]) => name);
  return {
    description: message.about,
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    ...(fields.length > 0 ? { properties: Object.fromEntries(fields.map(([name, { field }]) => [name, propertyOf(field, schemas)])) } : {}),
    ...(message.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
  };
}

function propertyOf(field: MessageField, schemas: Schemas): JsonObject {
  const { about, form, map } = field;
  const value = typeOf(field, schemas);
  return {
    ...(about === '' ? {} : { description: about }),
    ...(form === 'list' ? { type: 'array', items: value } : form === 'map' ? { type: 'object', additionalProperties: value } : value),
    ...(form === 'list' ? listTypeOf(field) : {}),
    ...(map ? { 'x-kubernetes-map-type': map } : {}),
    ...patchOf(field),
  };
}

const plain: Readonly<Record<string, JsonObject>> = {
  string: { type: 'string' },
  bytes: { type: 'string', format: 'byte' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  strings: { type: 'array', items: { type: 'string' } },
};

function typeOf({ type, allowed, default: usual }: MessageField, schemas: Schemas): JsonObject {
  const value = plain[type];
  if (!value) return { allOf: [schemas.refTo(type)] };
  return {
    ...value,
    ...(usual === undefined ? {} : { default: usual }),
    ...(allowed ? { enum: [...allowed] } : {}),
  };
}

function listTypeOf({ keys, isSet }: MessageField): JsonObject {
  if (keys.length > 0) return { 'x-kubernetes-list-map-keys': [...keys], 'x-kubernetes-list-type': 'map' };
  return { 'x-kubernetes-list-type': isSet ? 'set' : 'atomic' };
}

function patchOf({ keys, isSet, patch }: MessageField): JsonObject {
  if (patch === 'unpatched') return {};
  const strategies = [...(keys.length > 0 || isSet ? ['merge'] : []), ...(patch ? [patch] : [])];
  return {
    ...(keys.length > 0 ? { 'x-kubernetes-patch-merge-key': keys[0]! } : {}),
    ...(strategies.length > 0 ? { 'x-kubernetes-patch-strategy': strategies.join(',') } : {}),
  };
}
