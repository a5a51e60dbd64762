/**
 * What a join remembers under one key, and how the bus keeps it: the events that it holds, the firings that were decided and are not
 * settled yet, and how far it has taken its events.
 */
import { randomUUID } from 'node:crypto';
import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Waiting } from '../firing/queue-body.ts';
import type { Held, Matching } from './advance.ts';

/** The newest event of a dependency that was taken: what is not newer comes again, and was taken before. */
export interface Mark {
  readonly sequence: number;
  /** The latest time at which the bus had stored one. A lower sequence with a later time is of another stream. */
  readonly storedAt: number;
}

export interface Known {
  readonly matching: Matching;
  readonly marks: ReadonlyMap<string, Mark>;
  /** By firing id. */
  readonly pending: ReadonlyMap<string, Waiting>;
  /** Entries of the queue whose events were taken again and which are still there. An event of the stream has a mark instead. */
  readonly replays: ReadonlySet<string>;
}

export const wasTaken = (mark: Mark | undefined, { sequence, storedAt }: Held): boolean =>
  mark !== undefined && sequence <= mark.sequence && storedAt <= mark.storedAt;

export const markAfter = (mark: Mark | undefined, { sequence, storedAt }: Held): Mark => ({
  sequence,
  storedAt: Math.max(mark?.storedAt ?? 0, storedAt),
});

export const headKey = (trigger: string, key: string): string => `join/${encodeURIComponent(trigger)}/${key}`;
export const payloadKey = (trigger: string, id: string): string => `payload/${encodeURIComponent(trigger)}/${id}`;
export const headPrefix = 'join/';
export const payloadPrefix = 'payload/';

/** Which trigger and key an entry of the store is of. */
export function readHeadKey(entry: string): { trigger: string; key: string } {
  const [, trigger = '', ...rest] = entry.split('/');
  return { trigger: decodeURIComponent(trigger), key: rest.join('/') };
}

type Attributes = Omit<Event, 'data'> & { readonly bytes?: number; readonly payload?: string };
type HeldHeader = {
  readonly dependency: string;
  readonly spec: string;
  readonly sequence: number;
  readonly storedAt: number;
  readonly event: Attributes;
};
type PendingHeader = Omit<Waiting, 'firing'> & {
  readonly firing: Omit<Waiting['firing'], 'events' | 'orderKey'> & { readonly orderKey?: string };
  readonly events: readonly (readonly [dependency: string, event: Attributes])[];
};

interface Header {
  /** Fingerprint of the join under which this was held. */
  readonly join: string;
  readonly marks: Readonly<Record<string, Mark>>;
  readonly have: readonly HeldHeader[];
  readonly pending: readonly PendingHeader[];
  readonly replays?: readonly string[];
}

/**
 * The ids of payloads that have entries of their own. None is used again: what removes an entry, however late, never meets one that
 * somebody has written since.
 */
export type Payloads = ReadonlyMap<EventData, string>;

export interface Encoded {
  readonly body: Uint8Array;
  /** To be stored before the body. */
  readonly payloads: Payloads;
}

/**
 * One line of JSON, then payloads one after another, as many bytes of them as there is room for; the others get entries of their own,
 * or keep those that they have. `specs` are the fingerprints of the dependencies.
 */
export function encodeHead(
  { matching, marks, pending, replays }: Known,
  join: string,
  specs: ReadonlyMap<string, string>,
  room: number,
  before: Payloads,
): Encoded {
  const inside: Uint8Array[] = [];
  const payloads = new Map<EventData, string>();
  let left = room;
  const attributesOf = ({ data, ...attributes }: Event): Attributes => {
    if (!data) return attributes;
    const { bytes } = data;
    if (bytes.length <= left) {
      left -= bytes.length;
      inside.push(bytes);
      return { ...attributes, bytes: bytes.length };
    }
    const payload = payloads.get(data) ?? before.get(data) ?? randomUUID();
    payloads.set(data, payload);
    return { ...attributes, payload };
  };
  const header: Header = {
    join,
    marks: Object.fromEntries(marks),
    have: [...matching].flatMap(([dependency, those]) =>
      those.map(({ event, sequence, storedAt }) => ({
        dependency,
        spec: specs.get(dependency) ?? '',
        sequence,
        storedAt,
        event: attributesOf(event),
      })),
    ),
    pending: [...pending.values()].map(({ firing: { events, orderKey, ...identity }, ...rest }) => ({
      ...rest,
      firing: { ...identity, ...(orderKey === undefined ? {} : { orderKey }) },
      events: [...events].map(([dependency, event]) => [dependency, attributesOf(event)] as const),
    })),
    ...(replays.size > 0 ? { replays: [...replays] } : {}),
  };
  return { body: Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`, 'utf8'), ...inside]), payloads };
}

export interface Decoded extends Known {
  readonly join: string;
  /** The fingerprint under which each event was held. */
  readonly specs: ReadonlyMap<Held, string>;
  readonly payloads: Payloads;
}

/** `payload` gives those with entries of their own; an event whose payload is gone is left out. */
export async function decodeHead(body: Uint8Array, payload: (id: string) => Promise<Uint8Array | undefined>): Promise<Decoded> {
  const end = body.indexOf(0x0a);
  const header = JSON.parse(Buffer.from(body.subarray(0, end)).toString('utf8')) as Header;
  let at = end + 1;
  const payloads = new Map<EventData, string>();
  const eventOf = async ({ bytes, payload: id, ...attributes }: Attributes): Promise<Event | undefined> => {
    if (id !== undefined) {
      const there = await payload(id);
      if (!there) return undefined;
      const data = EventData.fromBytes(there);
      payloads.set(data, id);
      return { ...attributes, data };
    }
    if (bytes === undefined) return { ...attributes, data: undefined };
    at += bytes;
    return { ...attributes, data: EventData.fromBytes(body.subarray(at - bytes, at)) };
  };
  const matching = new Map<string, Held[]>();
  const specs = new Map<Held, string>();
  for (const { dependency, spec, sequence, storedAt, event: attributes } of header.have) {
    const event = await eventOf(attributes);
    if (!event) continue;
    const held = { event, sequence, storedAt };
    specs.set(held, spec);
    matching.set(dependency, [...(matching.get(dependency) ?? []), held]);
  }
  const pending = new Map<string, Waiting>();
  for (const { firing, events: described, ...rest } of header.pending) {
    const events = new Map<string, Event>();
    for (const [dependency, attributes] of described) {
      const event = await eventOf(attributes);
      if (event) events.set(dependency, event);
    }
    pending.set(firing.id, { ...rest, firing: { ...firing, events, orderKey: firing.orderKey } });
  }
  const { join, marks, replays } = header;
  return { join, marks: new Map(Object.entries(marks)), matching, pending, replays: new Set(replays), specs, payloads };
}
