import { encodeHeader } from '../src/core/cloudevents/header-value.ts';
import { EngineError } from '../src/core/errors/engine-error.ts';
import { EventData } from '../src/core/event/data.ts';
import { type Address, type Event, identityOf } from '../src/core/event/event.ts';
import { isObject, type Json } from '../src/core/json/json.ts';
import { parseJson } from '../src/core/json/parse.ts';
import { eachHeader, headerBlock } from './headers.ts';

/**
 * What an event looks like as a NATS message, and back.
 *
 * We write the binary form of CloudEvents (attributes in `ce-*` headers, data as the raw body), or, when asked, the structured
 * form that Argo Events writes and reads. Both are always read, from whoever wrote them.
 */
export type EventFormat = 'binary' | 'structured';

export interface Message {
  /** A NATS header block. */
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

const nothing = new Uint8Array(0);

export function encodeEvent(event: Event, format: EventFormat): Message {
  return format === 'binary' ? binary(event) : structured(event);
}

function binary(event: Event): Message {
  let head = `${messageId(event)}ce-specversion: 1.0\r\nce-id: ${encodeHeader(event.id)}\r\nce-source: ${encodeHeader(event.source)}\r\nce-type: ${encodeHeader(event.type)}\r\nce-subject: ${encodeHeader(event.subject)}\r\nce-time: ${encodeHeader(event.time)}\r\n`;
  for (const name in event.extensions) head += `ce-${name}: ${encodeHeader(event.extensions[name]!)}\r\n`;
  if (event.dataschema !== undefined) head += `ce-dataschema: ${encodeHeader(event.dataschema)}\r\n`;
  if (event.data) head += `content-type: ${encodeHeader(event.datacontenttype)}\r\n`;
  return { head: headerBlock(head + ourHeaders(event)), body: event.data?.bytes ?? nothing };
}

/** What no CloudEvent can say of itself: see `Event.address` and `Event.types`. */
function ourHeaders({ address, types }: Event): string {
  const where = address ? `${addressHeader}: ${encodeHeader(JSON.stringify([address.source, address.subject]))}\r\n` : '';
  return types ? `${where}${typesHeader}: ${encodeHeader(JSON.stringify(types))}\r\n` : where;
}

const addressHeader = 'sensorium-address';
const typesHeader = 'sensorium-types';

/** Argo's own form, key by key: the payload is bytes to its SDK, hence `data_base64`. */
function structured(event: Event): Message {
  const envelope: Record<string, string> = {
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    datacontenttype: event.datacontenttype,
    time: event.time,
  };
  if (event.data) envelope['data_base64'] = base64(event.data.bytes);
  if (event.dataschema !== undefined) envelope['dataschema'] = event.dataschema;
  Object.assign(envelope, event.extensions);
  return { head: headerBlock(messageId(event) + ourHeaders(event)), body: Buffer.from(JSON.stringify(envelope), 'utf8') };
}

/** The bus stores a message id once within its window of duplicates. */
const messageId = (event: Event): string => `Nats-Msg-Id: ${encodeHeader(identityOf(event))}\r\n`;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** A message as a bus hands it out. */
export interface StoredMessage {
  readonly subject: string;
  readonly head: Uint8Array | undefined;
  readonly body: Uint8Array;
  /** In milliseconds since 1970; the time of an event that names none. */
  readonly storedAt: number;
}

/** The event, or why there is none. The event shares the message's bytes. */
export function readEvent(message: StoredMessage): { event: Event | undefined; problem: string | undefined } {
  try {
    return { event: decodeEvent(message), problem: undefined };
  } catch (thrown) {
    if (thrown instanceof EngineError) return { event: undefined, problem: thrown.message };
    throw thrown;
  }
}

type Refuse = (reason: string) => EngineError;

/** Throws EVENT_NOT_A_CLOUDEVENT with the reason. */
function decodeEvent(message: StoredMessage): Event {
  const refuse: Refuse = (reason) => new EngineError('EVENT_NOT_A_CLOUDEVENT', { subject: message.subject, reason });
  return fromHeaders(message, refuse) ?? fromEnvelope(message, refuse);
}

/** CloudEvents attributes as they are found, in whatever order. */
interface Attributes {
  specversion: string | undefined;
  id: string | undefined;
  source: string | undefined;
  type: string | undefined;
  subject: string | undefined;
  time: string | undefined;
  datacontenttype: string | undefined;
  dataschema: string | undefined;
  address: Address | undefined;
  types: Event['types'] | undefined;
  readonly extensions: Record<string, string>;
}

const noAttributes = (): Attributes => ({
  specversion: undefined,
  id: undefined,
  source: undefined,
  type: undefined,
  subject: undefined,
  time: undefined,
  datacontenttype: undefined,
  dataschema: undefined,
  address: undefined,
  types: undefined,
  extensions: {},
});

function add(found: Attributes, name: string, value: string): void {
  switch (name) {
    case 'specversion':
    case 'id':
    case 'source':
    case 'type':
    case 'subject':
    case 'time':
    case 'datacontenttype':
    case 'dataschema':
      found[name] = value;
      break;
    default:
      found.extensions[name] = value;
  }
}

/** Only we write these headers. */
function addOurs(found: Attributes, name: string, value: string, refuse: Refuse): void {
  if (name !== addressHeader && name !== typesHeader) return;
  let read: Json;
  try {
    read = parseJson(value);
  } catch {
    throw refuse(`its header ${name} is not JSON`);
  }
  if (name === typesHeader) found.types = read as NonNullable<Event['types']>;
  else if (Array.isArray(read)) found.address = { source: String(read[0]), subject: String(read[1]) };
}

/** Undefined when the headers are not those of a binary CloudEvent. */
function fromHeaders({ head, body, storedAt }: StoredMessage, refuse: Refuse): Event | undefined {
  const found = noAttributes();
  let contentType: string | undefined;
  eachHeader(head, (name, value) => {
    if (name.startsWith('ce-')) add(found, name.slice(3), value);
    else if (name === 'content-type') contentType = value;
    else addOurs(found, name, value, refuse);
  });
  if (found.specversion === undefined || contentType?.startsWith('application/cloudevents')) return undefined;
  found.datacontenttype = contentType;
  const hasData = body.length > 0 || contentType !== undefined;
  return complete(found, hasData ? EventData.fromBytes(body) : undefined, storedAt, refuse);
}

function fromEnvelope({ head, body, storedAt }: StoredMessage, refuse: Refuse): Event {
  let envelope: Json;
  try {
    envelope = parseJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    throw refuse('it has no CloudEvents headers, and its body is not JSON');
  }
  if (!isObject(envelope)) throw refuse('it has no CloudEvents headers, and its body is not a JSON object');
  const { data, data_base64, ...attributes } = envelope;
  const found = noAttributes();
  eachHeader(head, (name, value) => addOurs(found, name, value, refuse));
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== null && typeof value !== 'object') add(found, name, String(value));
  }
  return complete(found, dataOf(data, data_base64, found.datacontenttype ?? json, refuse), storedAt, refuse);
}

const json = 'application/json';

function dataOf(data: Json | undefined, encoded: Json | undefined, type: string, refuse: Refuse): EventData | undefined {
  if (typeof encoded === 'string') return EventData.fromBytes(Buffer.from(encoded, 'base64'));
  if (encoded !== undefined && encoded !== null) throw refuse('its data_base64 is not text');
  if (data === undefined) return undefined;
  return typeof data === 'string' && !/^[^;]*[/+]json\s*(;|$)/i.test(type) ? EventData.fromText(data) : EventData.fromJson(data);
}

function complete(found: Attributes, data: EventData | undefined, storedAt: number, refuse: Refuse): Event {
  const { specversion, id, source, type, subject, time, datacontenttype, extensions, dataschema, types, address } = found;
  if (specversion !== '1.0')
    throw refuse(specversion === undefined ? 'it has no specversion' : `its specversion is ${specversion}, not 1.0`);
  if (!id || !source || !type) throw refuse(`it has no ${id ? (source ? 'type' : 'source') : 'id'}`);
  return {
    id,
    source,
    type,
    subject: subject ?? '',
    time: time ?? new Date(storedAt).toISOString(),
    datacontenttype: datacontenttype ?? json,
    extensions,
    data,
    ...(dataschema === undefined ? {} : { dataschema }),
    ...(types ? { types } : {}),
    ...(address ? { address } : {}),
  };
}
