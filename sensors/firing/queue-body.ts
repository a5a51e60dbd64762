import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Firing } from '../triggers/trigger.ts';

/** A firing that waits, as the queue keeps it: all that is needed to render it again with the rule as it is then. */
export interface Waiting {
  readonly firing: Firing;
  /** When it was decided, in milliseconds since 1970: giving up counts from here. */
  readonly decidedAt: number;
  /** When the bus had stored the event that led to it. */
  readonly storedAt: number;
  /** Attempts before it was queued. */
  readonly attempts: number;
  /** How long its next attempt shall wait when somebody else takes it over, in milliseconds. */
  readonly pause?: number;
  /** The dead letter that it was, by its sequence: it is removed before this is tried. */
  readonly replays?: number;
}

type Attributes = Omit<Event, 'data'> & { readonly dependency: string; readonly bytes?: number };

interface Header extends Omit<Waiting, 'firing'> {
  readonly firing: Omit<Firing, 'events' | 'orderKey'> & { readonly orderKey?: string };
  readonly events: readonly Attributes[];
}

/**
 * One line of JSON, then the events' payloads one after another, untouched. So a firing is hardly larger than its event, and
 * fits where that did. The events are kept as they were admitted (after the transform): what was decided stays decided.
 */
export function encodeWaiting({ firing, decidedAt, storedAt, attempts, pause, replays }: Waiting): Uint8Array {
  const { events, orderKey, ...identity } = firing;
  const attributes: Attributes[] = [];
  const payloads: Uint8Array[] = [];
  for (const [dependency, { data, ...event }] of events) {
    attributes.push({ dependency, ...event, ...(data ? { bytes: data.bytes.length } : {}) });
    if (data) payloads.push(data.bytes);
  }
  const header: Header = {
    firing: { ...identity, ...(orderKey === undefined ? {} : { orderKey }) },
    decidedAt,
    storedAt,
    attempts,
    ...(pause ? { pause } : {}),
    ...(replays === undefined ? {} : { replays }),
    events: attributes,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`, 'utf8'), ...payloads]);
}

export function decodeWaiting(body: Uint8Array): Waiting {
  const end = body.indexOf(0x0a);
  const header = JSON.parse(Buffer.from(body.subarray(0, end)).toString('utf8')) as Header;
  const events = new Map<string, Event>();
  let at = end + 1;
  for (const { dependency, bytes, ...event } of header.events) {
    events.set(dependency, { ...event, data: bytes === undefined ? undefined : EventData.fromBytes(body.subarray(at, at + bytes)) });
    at += bytes ?? 0;
  }
  const { firing, events: _, ...rest } = header;
  return { ...rest, firing: { ...firing, events, orderKey: firing.orderKey } };
}

/** What the queue keeps beside a body: whose it is and its order key, so that a restart knows the order without reading bodies. */
export function lineOf(trigger: string, orderKey: string | undefined): string {
  return orderKey === undefined ? encodeURIComponent(trigger) : `${encodeURIComponent(trigger)}/${orderKey}`;
}

export function readLine(line: string): { trigger: string; orderKey: string | undefined } {
  const slash = line.indexOf('/');
  if (slash < 0) return { trigger: decodeURIComponent(line), orderKey: undefined };
  return { trigger: decodeURIComponent(line.slice(0, slash)), orderKey: line.slice(slash + 1) };
}

/** The same place for an event that a dependency shall take again. No trigger's line begins like this. */
export const lineOfDependency = (dependency: string): string => `@${encodeURIComponent(dependency)}`;

/** The dependency of such a line; undefined for the line of a trigger. */
export const dependencyOfLine = (line: string): string | undefined =>
  line.startsWith('@') ? decodeURIComponent(line.slice(1)) : undefined;
