/**
 * A CloudEvent that somebody else has made, as it travels on the bus, and back: nothing of it is lost on the way, neither what it says
 * of itself nor the types of its extensions, nor that it has said nothing.
 *
 * Version 0.3 becomes 1.0 on the way.
 */
import { type Address, type Event, type EventDraft, makeEvent } from '../event/event.ts';
import { type Attributes, type AttributeValue, isOurs } from './attributes.ts';
import type { CloudEvent } from './cloud-event.ts';

/** The event under an address of ours. `now` is the time of publishing in milliseconds. */
export const toBusEvent = (event: CloudEvent, address: Address, now: number): Event =>
  makeEvent(toDraft(event), { ...address, type: event.type }, now);

/** The same for an event source to emit. */
export function toDraft({ id, source, type, subject, time, datacontenttype, dataschema, extensions, data }: CloudEvent): EventDraft {
  const texts: Record<string, string> = {};
  const types: Record<string, 'integer' | 'boolean' | 'absent'> = {};
  for (const name in extensions) {
    const value = extensions[name]!;
    texts[name] = String(value);
    if (typeof value !== 'string') types[name] = typeof value === 'number' ? 'integer' : 'boolean';
  }
  if (datacontenttype === undefined) types['datacontenttype'] = 'absent';
  if (time === undefined) types['time'] = 'absent';
  const hasTypes = Object.keys(types).length > 0;
  return {
    id,
    data,
    ...(datacontenttype === undefined ? {} : { datacontenttype }),
    ...(time === undefined ? {} : { time }),
    attributes: { source, type, subject, dataschema, extensions: texts, ...(hasTypes ? { types } : {}) },
  };
}

export function fromBusEvent(event: Event): CloudEvent {
  const { id, source, type, subject, time, datacontenttype, dataschema, types, data } = event;
  const extensions: Record<string, AttributeValue> = {};
  for (const name in event.extensions) if (!isOurs(name)) extensions[name] = extensionOf(event, name)!;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    ...(subject === '' ? {} : { subject }),
    ...(types?.['time'] ? {} : { time }),
    ...(types?.['datacontenttype'] || !data ? {} : { datacontenttype }),
    ...(dataschema === undefined ? {} : { dataschema }),
    extensions,
    ...(data ? { data } : {}),
  };
}

function extensionOf({ extensions, types }: Event, name: string): AttributeValue | undefined {
  if (!Object.hasOwn(extensions, name)) return undefined;
  const text = extensions[name]!;
  const type = types?.[name];
  return type === 'integer' ? Number(text) : type === 'boolean' ? text === 'true' : text;
}

/** What `fromBusEvent` says of itself, without making it. */
export const busAttributesOf =
  (event: Event): Attributes =>
  (name) => {
    switch (name) {
      case 'id':
      case 'source':
      case 'type':
      case 'dataschema':
        return event[name];
      case 'specversion':
        return '1.0';
      case 'subject':
        return event.subject === '' ? undefined : event.subject;
      case 'time':
        return event.types?.['time'] ? undefined : event.time;
      case 'datacontenttype':
        return event.types?.['datacontenttype'] || !event.data ? undefined : event.datacontenttype;
      default:
        return isOurs(name) ? undefined : extensionOf(event, name);
    }
  };
