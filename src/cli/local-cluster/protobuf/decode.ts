import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { messages } from '../kinds/messages.ts';
import type { MessageField } from '../kinds/read-messages.ts';
import { readFields, type WireField } from './wire.ts';

/** The body is protobuf that we cannot read without losing something. */
export class NotUnderstood extends Error {}

/**
 * Reads the protobuf form that Go clients use for the kinds that are built into Kubernetes. Throws NotUnderstood for a kind or a field
 * that our table does not have: nothing is dropped silently.
 */
export function decodeProtobuf(body: Uint8Array, kind: string): JsonObject {
  const magic = Buffer.from('k8s\0');
  if (!Buffer.from(body.subarray(0, 4)).equals(magic)) throw new NotUnderstood('it does not begin as Kubernetes protobuf does');
  if (!messages.has(kind)) throw new NotUnderstood(`there is no table for ${kind}`);
  try {
    const envelope = readFields(body.subarray(4));
    const type = bytesOf(envelope, 1);
    const raw = bytesOf(envelope, 2);
    const [apiVersion, said] = [1, 2].map((number) => Buffer.from(bytesOf(readFields(type), number)).toString());
    return { apiVersion: apiVersion!, kind: said!, ...(decode(raw, kind) as JsonObject) };
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new NotUnderstood(thrown.message);
    throw thrown;
  }
}

const nothing = new Uint8Array();

function bytesOf(fields: readonly WireField[], number: number): Uint8Array {
  const found = fields.find((field) => field.number === number)?.value;
  return found instanceof Uint8Array ? found : nothing;
}

function decode(bytes: Uint8Array, message: string): Json {
  const fields = messages.get(message)?.fields;
  if (!fields) throw new NotUnderstood(`there is no table for ${message}`);
  const result: JsonObject = {};
  for (const { number, value } of readFields(bytes)) {
    const field = fields.find((one) => one.number === number);
    if (field) add(result, field, value);
    else if (!isEmpty(value)) throw new NotUnderstood(`field ${number} of ${message} is not in our table`);
  }
  const single = singles[message];
  return single ? single(result) : result;
}

/** Messages that are one value in JSON. */
const singles: Record<string, (fields: JsonObject) => Json> = {
  Quantity: ({ string = '0' }) => string,
  IntOrString: ({ type, intVal = 0, strVal = '' }) => (type === 1 ? strVal : intVal),
  MicroTime: ({ seconds, nanos = 0 }) =>
    seconds === undefined
      ? null
      : `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${String(Math.trunc(Number(nanos) / 1000)).padStart(6, '0')}Z`,
  RawExtension: ({ raw = '' }) => parseJson(Buffer.from(String(raw), 'base64').toString() || '{}'),
  Time: ({ seconds }) => (seconds === undefined ? null : `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`),
  FieldsV1: ({ Raw = '' }) => parseJson(Buffer.from(String(Raw), 'base64').toString() || '{}'),
};

/** Go writes what is not set as zero, as an empty text, or as a message in which all is so. */
function isEmpty(value: WireField['value']): boolean {
  if (typeof value === 'bigint') return value === 0n;
  if (value.length === 0) return true;
  try {
    return readFields(value).every((field) => isEmpty(field.value));
  } catch {
    return false;
  }
}

function add(result: JsonObject, field: MessageField, value: WireField['value']): void {
  const { name, type, form } = field;
  if (form === 'map') {
    const entry = readFields(value as Uint8Array);
    const map = (isObject(result[name]) ? result[name] : {}) as JsonObject;
    map[Buffer.from(bytesOf(entry, 1)).toString()] = single(type, bytesOf(entry, 2));
    result[name] = map;
  } else if (form === 'list') {
    result[name] = [...((result[name] ?? []) as Json[]), single(type, value)];
  } else if (field.inline) {
    Object.assign(result, single(type, value));
  } else if (field.keepsZero || messages.has(type) || !(value === 0n || (value as Uint8Array).length === 0)) {
    result[name] = single(type, value);
  }
}

function single(type: string, value: WireField['value']): Json {
  if (typeof value === 'bigint') return type === 'bool' ? value !== 0n : Number(value);
  if (type === 'string') return Buffer.from(value).toString();
  if (type === 'bytes') return Buffer.from(value).toString('base64');
  return decode(value, type);
}
