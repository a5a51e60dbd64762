import type { EventData } from './data.ts';

/** Where an event travels on the bus: the name of its EventSource, and the name of the event in it. */
export type Address = {
  readonly source: string;
  readonly subject: string;
};

/**
 * A CloudEvent 1.0 as it travels from event source to sensor.
 *
 * As on Argo's bus, `source` is the name of the EventSource, `subject` the name of the event in it, and `type` the type of the source.
 * An event that says other things of itself has an `address` beside.
 */
export interface Event {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** RFC 3339, with as many fractional digits as the sender gave. */
  readonly time: string;
  readonly datacontenttype: string;
  /** CloudEvents extensions, e.g. `partitionkey` and `synthetic`. Names are lower-case letters and digits. */
  readonly extensions: Readonly<Record<string, string>>;
  readonly data: EventData | undefined;
  readonly dataschema?: string;
  /** What is not text among its attributes: extensions that are numbers or booleans, and a `time` or `datacontenttype` that was never said. */
  readonly types?: Readonly<Record<string, 'integer' | 'boolean' | 'absent'>>;
  /** Where it travels, where that is not its `source` and `subject`. */
  readonly address?: Address;
}

export const addressOf = (event: Event): Address => event.address ?? event;

/**
 * Two events with one identity are the same: its id where that is the event source's to give, else what CloudEvents says, under its address.
 * One that comes back to a Broker as a reply may be called the same and is another: it has less to live.
 */
export const identityOf = ({ id, source, address, extensions }: Event): string =>
  address
    ? [address.source, address.subject, source, id, ...(extensions['knativebrokerttl'] ? [extensions['knativebrokerttl']] : [])].join('/')
    : id;

/** What an event source knows when something happened; `emit` adds source, subject, type and time. */
export interface EventDraft {
  /** Derived from the fact (`stableId`), so that a repeat is recognised. */
  id: string;
  data: EventData | undefined;
  datacontenttype?: string;
  /** When it happened, where that is known; else the time of publishing. */
  time?: string;
  /** Events with the same key are worked in order, one at a time. Becomes the extension `partitionkey`. */
  orderKey?: string;
  /** True for an event that was reconstructed after a gap. Becomes the extension `synthetic: "true"`. */
  synthetic?: boolean;
  /** The W3C trace that it belongs to. Becomes the extension `traceparent`. */
  traceparent?: string | undefined;
  /** What it says of itself, where that is not the name of its event source; it then travels under that name as its address. */
  attributes?: EventAttributes;
}

export interface EventAttributes {
  readonly source: string;
  readonly type: string;
  readonly subject?: string | undefined;
  readonly dataschema?: string | undefined;
  readonly extensions?: Event['extensions'];
  readonly types?: Event['types'];
}

export const orderKeyOf = (event: Event): string | undefined => event.extensions['partitionkey'];

/** What distinguishes an event source's listener: Argo's pair of EventSource name and event name. */
export interface EventOrigin {
  readonly source: string;
  readonly subject: string;
  readonly type: string;
}

/** Completes a draft. `now` is the time of publishing in milliseconds. */
export function makeEvent(draft: EventDraft, origin: EventOrigin, now: number): Event {
  const extensions: Record<string, string> = {};
  if (draft.orderKey !== undefined) extensions['partitionkey'] = draft.orderKey;
  if (draft.synthetic) extensions['synthetic'] = 'true';
  if (draft.traceparent !== undefined) extensions['traceparent'] = draft.traceparent;
  const event = {
    id: draft.id,
    source: origin.source,
    type: origin.type,
    subject: origin.subject,
    time: draft.time ?? new Date(now).toISOString(),
    datacontenttype: draft.datacontenttype ?? 'application/json',
    extensions,
    data: draft.data,
  };
  return draft.attributes ? saying(event, draft.attributes) : event;
}

function saying(event: Event, { source, type, subject = '', dataschema, types, extensions }: EventAttributes): Event {
  return {
    ...event,
    source,
    type,
    subject,
    extensions: { ...extensions, ...event.extensions },
    ...(dataschema === undefined ? {} : { dataschema }),
    ...(types ? { types } : {}),
    address: { source: event.source, subject: event.subject },
  };
}
