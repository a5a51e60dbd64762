import { EngineError } from '../errors/engine-error.ts';
import { EventData } from '../event/data.ts';
import { isObject, type Json } from '../json/json.ts';
import { parseJson } from '../json/parse.ts';
import { add, assemble, nothingFound, Unreadable } from './assemble.ts';
import type { AttributeValue } from './attributes.ts';
import type { CloudEvent } from './cloud-event.ts';
import { isJsonType } from './media-type.ts';
import { rawParts } from './raw-json.ts';

/** One event in the JSON form. Throws Unreadable. */
export function readStructured(text: string): CloudEvent {
  return fromEnvelope(parsed(text), text);
}

/** A list of such events. Throws Unreadable, with the place of the first that cannot be read. */
export function readBatch(text: string): CloudEvent[] {
  const list = parsed(text);
  if (!Array.isArray(list)) throw new Unreadable('a batch is a JSON array');
  const parts = rawParts(text);
  return list.map((envelope, index) => {
    try {
      return fromEnvelope(envelope, parts[index]!.raw);
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      throw new Unreadable(`event ${index + 1} of the batch: ${thrown.message}`);
    }
  });
}

function parsed(text: string): Json {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new Unreadable(`its body is not JSON: ${thrown.fields['reason']}`);
  }
}

function fromEnvelope(envelope: Json, text: string): CloudEvent {
  if (!isObject(envelope)) throw new Unreadable('its body is no JSON object');
  const { specversion, data, data_base64: encoded, ...attributes } = envelope;
  if (specversion !== '1.0' && specversion !== '0.3')
    throw new Unreadable(specversion === undefined ? 'it has no specversion' : `its specversion is ${JSON.stringify(specversion)}`);
  const found = nothingFound();
  for (const [name, value] of Object.entries(attributes)) {
    const typed = attributeOf(name, value!);
    if (typed !== undefined) add(found, name, typed, specversion);
  }
  found.data = dataOf({ data, encoded }, found.attributes.datacontenttype, text);
  return assemble(found, specversion);
}

/** Undefined for null. Fractions are cut, as every number of an event is a 32-bit integer. */
function attributeOf(name: string, value: Json): AttributeValue | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Math.abs(value) < 2 ** 31 + 1) {
    const integer = Math.trunc(value);
    if (integer === (integer | 0)) return integer;
  }
  const what = typeof value === 'object' ? 'a structure' : 'beyond 32 bits';
  throw new Unreadable(`its ${name} is ${what}, and texts, booleans and 32-bit integers are expected`);
}

function dataOf({ data, encoded }: { data: Json | undefined; encoded: Json | undefined }, type: string | undefined, text: string) {
  if (encoded !== undefined && encoded !== null) {
    if (typeof encoded !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) throw new Unreadable('its data_base64 is no base64');
    return EventData.fromBytes(Buffer.from(encoded, 'base64'));
  }
  if (data === undefined) return undefined;
  if (isJsonType(type)) return EventData.fromText(rawParts(text).findLast(({ key }) => key === 'data')!.raw);
  if (data === null) return undefined;
  if (typeof data === 'string') return EventData.fromText(data);
  throw new Unreadable(`its data is no text, and ${type} is expected`);
}
