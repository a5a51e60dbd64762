import { EngineError } from '../src/core/errors/engine-error.ts';
import { EventData } from '../src/core/event/data.ts';
import type { Event } from '../src/core/event/event.ts';
import { isObject, type Json, type JsonObject } from '../src/core/json/json.ts';
import { parseJson } from '../src/core/json/parse.ts';
import { encodeHeader, type Headers, headerBlock, readHeaders } from './headers.ts';

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
  let head = `${messageId(event.id)}ce-specversion: 1.0\r\nce-id: ${encodeHeader(event.id)}\r\nce-source: ${encodeHeader(event.source)}\r\nce-type: ${encodeHeader(event.type)}\r\nce-subject: ${encodeHeader(event.subject)}\r\nce-time: ${encodeHeader(event.time)}\r\n`;
  for (const name in event.extensions) head += `ce-${name}: ${encodeHeader(event.extensions[name]!)}\r\n`;
  if (event.data) head += `content-type: ${encodeHeader(event.datacontenttype)}\r\n`;
  return { head: headerBlock(head), body: event.data?.bytes ?? nothing };
}

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
  Object.assign(envelope, event.extensions);
  return { head: headerBlock(messageId(event.id)), body: Buffer.from(JSON.stringify(envelope), 'utf8') };
}

/** The bus stores a message id once within its window of duplicates. */
const messageId = (id: string): string => `Nats-Msg-Id: ${encodeHeader(id)}\r\n`;

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

/** Throws EVENT_NOT_A_CLOUDEVENT with the reason. */
function decodeEvent(message: StoredMessage): Event {
  const headers = readHeaders(message.head);
  const refuse = (reason: string) => new EngineError('EVENT_NOT_A_CLOUDEVENT', { subject: message.subject, reason });
  if (headers['ce-specversion'] !== undefined && !isStructured(headers)) return fromHeaders(headers, message, refuse);
  let envelope: Json;
  try {
    envelope = parseJson(Buffer.from(message.body.buffer, message.body.byteOffset, message.body.byteLength).toString('utf8'));
  } catch {
    throw refuse('it has no CloudEvents headers, and its body is not JSON');
  }
  if (!isObject(envelope)) throw refuse('it has no CloudEvents headers, and its body is not a JSON object');
  return fromEnvelope(envelope, message, refuse);
}

const isStructured = (headers: Headers): boolean => headers['content-type']?.startsWith('application/cloudevents') === true;

/** CloudEvents attributes that are fields of `Event`; the rest are extensions. */
const fields = new Set(['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data', 'data_base64', 'dataschema']);

type Refuse = (reason: string) => EngineError;

function fromHeaders(headers: Headers, { body, storedAt }: StoredMessage, refuse: Refuse): Event {
  const extensions: Record<string, string> = {};
  for (const name in headers) if (name.startsWith('ce-') && !fields.has(name.slice(3))) extensions[name.slice(3)] = headers[name]!;
  const contentType = headers['content-type'];
  return {
    ...attributes((name) => headers[`ce-${name}`], storedAt, refuse),
    datacontenttype: contentType ?? 'application/json',
    extensions,
    data: body.length > 0 || contentType !== undefined ? EventData.fromBytes(body) : undefined,
  };
}

function fromEnvelope(envelope: JsonObject, { storedAt }: StoredMessage, refuse: Refuse): Event {
  const extensions: Record<string, string> = {};
  for (const name of Object.keys(envelope)) {
    const value = envelope[name];
    if (!fields.has(name) && value !== null && typeof value !== 'object') extensions[name] = String(value);
  }
  const text = (name: string) => (typeof envelope[name] === 'string' ? envelope[name] : undefined);
  const datacontenttype = text('datacontenttype') ?? 'application/json';
  return { ...attributes(text, storedAt, refuse), datacontenttype, extensions, data: dataOf(envelope, datacontenttype, refuse) };
}

function dataOf(envelope: JsonObject, type: string, refuse: Refuse): EventData | undefined {
  const encoded = envelope['data_base64'];
  if (typeof encoded === 'string') return EventData.fromBytes(Buffer.from(encoded, 'base64'));
  if (encoded !== undefined && encoded !== null) throw refuse('its data_base64 is not text');
  const data = envelope['data'];
  if (data === undefined) return undefined;
  return typeof data === 'string' && !/^[^;]*[/+]json\s*(;|$)/i.test(type) ? EventData.fromText(data) : EventData.fromJson(data);
}

type Attributes = Pick<Event, 'id' | 'source' | 'type' | 'subject' | 'time'>;

function attributes(read: (name: string) => string | undefined, storedAt: number, refuse: Refuse): Attributes {
  const version = read('specversion');
  if (version !== '1.0') throw refuse(version === undefined ? 'it has no specversion' : `its specversion is ${version}, not 1.0`);
  const needed = (name: string): string => {
    const value = read(name);
    if (!value) throw refuse(`it has no ${name}`);
    return value;
  };
  return {
    id: needed('id'),
    source: needed('source'),
    type: needed('type'),
    subject: read('subject') ?? '',
    time: read('time') ?? new Date(storedAt).toISOString(),
  };
}
