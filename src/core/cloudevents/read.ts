/**
 * CloudEvents over HTTP, as requests and answers carry them: in binary mode (attributes in headers, data as the body), structured
 * (one JSON object), or batched (a JSON array of those). Versions 1.0 and 0.3.
 *
 * What is no event, what is one that cannot be read, and what can be read but is not whole (`problemOf`) are three things. Header values
 * are taken as they are, without undoing percent signs: the libraries that most senders use write none.
 */
import { EventData } from '../event/data.ts';
import { type Headers, headerOf } from '../http/call.ts';
import { add, assemble, nothingFound, Unreadable } from './assemble.ts';
import type { CloudEvent } from './cloud-event.ts';
import { readBatch, readStructured } from './read-json.ts';

export { problemOf } from './assemble.ts';

export type Mode = 'binary' | 'structured' | 'batched';

export type Reading =
  | { readonly kind: 'events'; readonly mode: Mode; readonly events: readonly CloudEvent[] }
  | { readonly kind: 'unreadable'; readonly mode: Mode; readonly problem: string }
  /** It does not claim to be an event. */
  | { readonly kind: 'none' };

/** `headers` by canonical name. */
export function readCloudEvents(headers: Headers, body: Uint8Array): Reading {
  const mode = modeOf(headerOf(headers, 'Content-Type'), headerOf(headers, 'Ce-Specversion'));
  if (!mode) return { kind: 'none' };
  try {
    return { kind: 'events', mode, events: read(mode, headers, body) };
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return { kind: 'unreadable', mode, problem: thrown.message };
  }
}

/** The form that two headers announce; the content type wins. Undefined where they announce no event. */
export function modeOf(type: string | undefined, version: string | undefined): Mode | undefined {
  if (type && /^application\/cloudevents\+json/i.test(type)) return 'structured';
  if (type && /^application\/cloudevents-batch\+json/i.test(type)) return 'batched';
  return isVersion(version) ? 'binary' : undefined;
}

const isVersion = (text: string | undefined): text is '1.0' | '0.3' => text === '1.0' || text === '0.3';

function read(mode: Mode, headers: Headers, body: Uint8Array): readonly CloudEvent[] {
  if (mode === 'binary') return [readBinary(headers, body)];
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return mode === 'batched' ? readBatch(text) : [readStructured(text)];
}

function readBinary(headers: Headers, body: Uint8Array): CloudEvent {
  const found = nothingFound();
  const version = headerOf(headers, 'Ce-Specversion') as '1.0' | '0.3';
  for (const name in headers) {
    if (name.startsWith('Ce-')) add(found, name.slice(3).toLowerCase(), textOf(headers[name]![0]!), version);
  }
  const type = headerOf(headers, 'Content-Type');
  if (type) found.attributes.datacontenttype = type;
  else delete found.attributes.datacontenttype;
  if (body.length > 0) found.data = EventData.fromBytes(body);
  return assemble(found, version);
}

/** Node reads headers byte by byte, and many senders write UTF-8 into them. */
function textOf(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
