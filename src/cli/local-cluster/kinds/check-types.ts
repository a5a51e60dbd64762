import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { badRequest } from '../status.ts';
import { messages } from './messages.ts';
import type { Message, MessageField } from './read-messages.ts';

/**
 * Holds an object against the types of its fields, as the API server does when it reads JSON into its structs: a text where a number belongs
 * is refused (400), unknown fields are left out, and so are nulls; defaults are filled in. `whole` is the table of the kind. Changes the object; answers the
 * paths of the unknown fields.
 */
export function checkTypes(object: JsonObject, whole: Message, kind: string, version: string): string[] {
  const unknown: string[] = [];
  const { apiVersion: _, kind: __, ...said } = object;
  checkMessage(whole, object, said, { message: whole.name, places: [], path: '', refuse, unknown });
  return unknown;

  function refuse(found: Json, { message, places }: Place, type: string): never {
    const place = [message, ...places].join('.');
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${describe(found)} into Go struct field ${place} of type ${type}`,
    );
  }
}

interface Place {
  /** The message that the field stands in. */
  readonly message: string;
  /** The names on the way, as Go tells them: without positions, with the types of inlined messages. */
  readonly places: readonly string[];
  /** The same as users write it. */
  readonly path: string;
  readonly refuse: (found: Json, place: Place, type: string) => never;
  readonly unknown: string[];
}

/** `map` is what is changed, `said` the part of it that is looked at. What is missing and has a default gets it. */
function checkMessage({ byName, defaults }: Message, map: JsonObject, said: JsonObject, at: Place): void {
  for (const [name, value] of Object.entries(said)) {
    const found = byName.get(name);
    if (!found) at.unknown.push(join(at.path, name));
    if (!found || value === null) delete map[name];
    else
      map[name] = checkField(value, found.field, {
        ...at,
        message: found.owner,
        places: [...at.places, ...found.inside, name],
        path: join(at.path, name),
      });
  }
  for (const { name, type, default: value } of defaults) {
    if (map[name] !== undefined) continue;
    map[name] = isObject(value) ? {} : value!;
    if (isObject(value)) checkMessage(messages.get(type)!, map[name] as JsonObject, {}, at);
  }
}

function checkField(value: Json, { type, form }: MessageField, at: Place): Json {
  if (form === 'list') {
    if (!Array.isArray(value)) return at.refuse(value, at, `[]${goType(type)}`);
    return value.map((item, index) => checkValue(item, type, { ...at, path: `${at.path}[${index}]` }));
  }
  if (form === 'map') {
    if (!isObject(value)) return at.refuse(value, at, `map[string]${goType(type)}`);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, checkValue(item, type, { ...at, path: join(at.path, key) })]),
    );
  }
  return checkValue(value, type, at);
}

const quantity = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

function checkValue(value: Json, type: string, at: Place): Json {
  switch (type) {
    case 'string':
    case 'bytes':
    case 'Time':
    case 'MicroTime':
      return typeof value === 'string' ? value : at.refuse(value, at, type === 'bytes' ? '[]uint8' : 'string');
    case 'bool':
      return typeof value === 'boolean' ? value : at.refuse(value, at, 'bool');
    case 'int32':
    case 'int64':
      return isWhole(value) ? value : at.refuse(value, at, type);
    case 'IntOrString':
      return typeof value === 'string' || isWhole(value) ? value : at.refuse(value, at, 'int32');
    case 'Quantity':
      if ((typeof value === 'string' || typeof value === 'number') && quantity.test(String(value))) return String(value);
      throw badRequest(`quantities must match the regular expression '${quantity.source}'`);
    case 'double':
      return typeof value === 'number' || typeof value === 'bigint' ? value : at.refuse(value, at, 'float64');
    case 'FieldsV1':
    case 'RawExtension':
    case 'JSON':
    case 'JSONSchemaPropsOrBool':
    case 'JSONSchemaPropsOrArray':
    case 'JSONSchemaPropsOrStringArray':
    case 'strings':
      return value;
    default:
      if (!isObject(value)) return at.refuse(value, at, goType(type));
      checkMessage(messages.get(type)!, value, { ...value }, at);
      return value;
  }
}

function isWhole(value: Json): boolean {
  return Number.isInteger(value) || typeof value === 'bigint';
}

function goType(type: string): string {
  if (type === 'bytes') return '[]uint8';
  const message = messages.get(type);
  return message ? `${message.package.split('.').at(-1)}.${message.name}` : type;
}

function describe(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'number' : `number ${value}`;
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'number' : typeof value;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
