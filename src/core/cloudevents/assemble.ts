import { EventData } from '../event/data.ts';
import { type AttributeValue, type ContextAttribute, isContextAttribute, isOurs } from './attributes.ts';
import type { CloudEvent } from './cloud-event.ts';

/** Attributes as they are found, in whatever order and under whatever name. */
export interface Found {
  readonly attributes: Partial<Record<ContextAttribute, string>>;
  readonly extensions: Record<string, AttributeValue>;
  data: EventData | undefined;
}

export const nothingFound = (): Found => ({ attributes: {}, extensions: {}, data: undefined });

/** What makes an event unreadable, in words that follow "it is no CloudEvent: ". */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Throws Unreadable for what may be no attribute. An empty text is none, but for an extension; what only we may say is left out. */
export function add(found: Found, name: string, value: AttributeValue, version: string): void {
  const key = version === '0.3' && name === 'schemaurl' ? 'dataschema' : name;
  if (!isContextAttribute(key)) {
    if (!/^(?!data$)[a-z0-9]+$/i.test(name)) throw new Unreadable(`"${name}" is no name of an attribute: letters and digits only`);
    const extension = name.toLowerCase();
    if (!isOurs(extension)) found.extensions[extension] = value;
    return;
  }
  if (typeof value !== 'string') throw new Unreadable(`its ${name} is ${JSON.stringify(value)}, and a text is expected`);
  if (value === '') return;
  if (key === 'time' && !isTime(value)) throw new Unreadable(`its time "${value}" is no RFC 3339 time`);
  found.attributes[key] = value;
}

/** An event whose `id`, `source` or `type` is missing has an empty one: see `problemOf`. */
export function assemble({ attributes, extensions, data }: Found, specversion: '1.0' | '0.3'): CloudEvent {
  const { id = '', source = '', type = '', specversion: _, ...rest } = attributes;
  return { specversion, id, source, type, ...rest, extensions, ...(data ? { data: decoded(data, extensions, specversion) } : {}) };
}

/** In 0.3 an attribute says that the data is base64. */
function decoded(data: EventData, extensions: Found['extensions'], specversion: string): EventData {
  if (specversion !== '0.3' || extensions['datacontentencoding'] !== 'base64') return data;
  delete extensions['datacontentencoding'];
  return EventData.fromBytes(Buffer.from(data.text, 'base64'));
}

/** What an event that could be read lacks; undefined for a whole one. */
export function problemOf({ id, source, type }: CloudEvent): string | undefined {
  const missing = Object.entries({ id, source, type }).flatMap(([name, value]) => (value === '' ? [name] : []));
  return missing.length === 0 ? undefined : `it has no ${missing.join(' and no ')}`;
}

/** JavaScript forgives the 30th of February and the hour 24, and makes other days of them. */
function isTime(text: string): boolean {
  const [, wall] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (wall === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${wall}Z`).toISOString().startsWith(wall);
}
