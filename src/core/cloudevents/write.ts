import type { EventData } from '../event/data.ts';
import { parseJson } from '../json/parse.ts';
import type { CloudEvent } from './cloud-event.ts';
import { encodeHeader } from './header-value.ts';
import { isJsonType, isTextType } from './media-type.ts';

/** An event as the headers and the body of a request or an answer. */
export interface Written {
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
}

/**
 * Attributes in headers, data as the body. A value that is not ASCII is percent-encoded, as CloudEvents asks for it; others stay as they
 * are, so that receivers that do not decode read what was written.
 */
export function writeBinary(event: CloudEvent): Written {
  const headers: Record<string, string> = {
    'Ce-Specversion': event.specversion,
    'Ce-Id': encoded(event.id),
    'Ce-Source': encoded(event.source),
    'Ce-Type': encoded(event.type),
  };
  if (event.subject !== undefined) headers['Ce-Subject'] = encoded(event.subject);
  if (event.time !== undefined) headers['Ce-Time'] = encoded(inUtc(event.time));
  if (event.dataschema !== undefined) headers[event.specversion === '1.0' ? 'Ce-Dataschema' : 'Ce-Schemaurl'] = encoded(event.dataschema);
  for (const name in event.extensions)
    headers[`Ce-${name.charAt(0).toUpperCase()}${name.slice(1)}`] = encoded(String(event.extensions[name]));
  if (event.datacontenttype !== undefined) headers['Content-Type'] = encoded(event.datacontenttype);
  return { headers, body: event.data?.bytes };
}

/** One JSON object. Data of a JSON type stands in it as it is, text as a text, and everything else as base64. */
export const writeStructured = (event: CloudEvent): Written => ({
  headers: { 'Content-Type': 'application/cloudevents+json' },
  body: envelopeOf(event),
});

/** A JSON array of such objects. */
export const writeBatch = (events: readonly CloudEvent[]): Written => ({
  headers: { 'Content-Type': 'application/cloudevents-batch+json' },
  body: `[${events.map(envelopeOf).join(',')}]`,
});

function envelopeOf({ specversion, id, source, type, subject, time, datacontenttype, dataschema, extensions, data }: CloudEvent): string {
  const schema = dataschema === undefined ? {} : { [specversion === '1.0' ? 'dataschema' : 'schemaurl']: dataschema };
  const attributes = JSON.stringify({
    specversion,
    id,
    source,
    type,
    subject,
    datacontenttype,
    ...schema,
    time: time && inUtc(time),
    ...extensions,
  });
  return data ? `${attributes.slice(0, -1)},${dataMember(data, datacontenttype, specversion)}}` : attributes;
}

function dataMember(data: EventData, type: string | undefined, specversion: CloudEvent['specversion']): string {
  if (isJsonType(type) && isJson(data)) return `"data":${data.text}`;
  if (isTextType(type) && !data.text.includes('\ufffd')) return `"data":${JSON.stringify(data.text)}`;
  const { bytes } = data;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return specversion === '1.0' ? `"data_base64":"${base64}"` : `"datacontentencoding":"base64","data":"${base64}"`;
}

function isJson(data: EventData): boolean {
  try {
    parseJson(data.text);
    return true;
  } catch {
    return false;
  }
}

const encoded = (value: string): string => (/^[\x20-\x7e]*$/.test(value) ? value : encodeHeader(value));

/** The same instant in UTC, with the digits of its fraction but for zeros at the end. What is no time stays as it is. */
function inUtc(time: string): string {
  if (time.endsWith('Z') && !time.endsWith('0Z')) return time;
  const fraction = /\.\d+/.exec(time)?.[0] ?? '';
  const whole = Date.parse(time.replace(fraction, ''));
  if (Number.isNaN(whole)) return time;
  return new Date(whole).toISOString().replace('.000Z', `${fraction.replace(/\.?0+$/, '')}Z`);
}
