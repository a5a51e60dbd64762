import type { CloudEvent } from './cloud-event.ts';

export type AttributeValue = string | number | boolean;

/** What an event says of itself under a name in lower case; undefined where it says nothing. */
export type Attributes = (name: string) => AttributeValue | undefined;

export const attributesOf =
  (event: CloudEvent): Attributes =>
  (name) =>
    isContextAttribute(name) ? event[name] : Object.hasOwn(event.extensions, name) ? event.extensions[name] : undefined;

/** The attributes that CloudEvents itself names; all others are extensions. */
const contextAttributes = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'dataschema'] as const;

export type ContextAttribute = (typeof contextAttributes)[number];

const known: ReadonlySet<string> = new Set(contextAttributes);

export const isContextAttribute = (name: string): name is ContextAttribute => known.has(name);

/** Attributes whose name begins so travel with an event on our bus without being part of it: what we remember of the way that it came. */
export const isOurs = (name: string): boolean => name.startsWith('sensorium');
