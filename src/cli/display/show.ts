import type { CloudEvent } from '../../core/cloudevents/cloud-event.ts';
import { isJsonType, isTextType } from '../../core/cloudevents/media-type.ts';
import type { EventData } from '../../core/event/data.ts';
import type { Json } from '../../core/json/json.ts';
import { prettyJson } from '../screen/pretty.ts';
import { forEyes } from '../screen/redact.ts';

/**
 * An event in the form in which event viewers of Knative have always printed it: its attributes, its extensions by name, its data. Values of
 * Secrets are hidden in it, and what only servers read is folded.
 */
export function showCloudEvent(event: CloudEvent): string {
  const { specversion, type, source, subject, id, time, dataschema, datacontenttype, extensions, data } = event;
  const attributes = { specversion, type, source, subject, id, time, dataschema, datacontenttype };
  const own = Object.entries(extensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '☁️  cloudevents.Event',
    'Context Attributes,',
    ...lines(Object.entries(attributes)),
    ...(own.length > 0 ? ['Extensions,', ...lines(own)] : []),
    ...(data && data.bytes.length > 0 ? showData(data, datacontenttype) : []),
  ].join('\n');
}

const lines = (entries: readonly (readonly [string, unknown])[]): string[] =>
  entries.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value}`]));

function showData(data: EventData, type: string | undefined): string[] {
  const json = isJsonType(type) ? jsonOf(data) : undefined;
  if (json !== undefined) return ['Data,', `  ${prettyJson(forEyes(json), '  ')}`];
  const { bytes, text } = data;
  if (isTextType(type) || !text.includes('\ufffd')) return ['Data,', text.replace(/^/gm, '  ')];
  return ['Data (binary),', `  ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`];
}

/** Undefined for what only claims to be JSON. */
function jsonOf(data: EventData): Json | undefined {
  try {
    return data.json;
  } catch {
    return undefined;
  }
}
