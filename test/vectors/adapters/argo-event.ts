import { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Case } from '../adapter.ts';

/** An event of the Argo vectors as ours; null is no event at all. */
export function argoEvent(one: Case | null): Event | undefined {
  if (!one) return undefined;
  const { id = '', source = '', type = '', subject = '', time = '', datacontenttype = '' } = one.context ?? {};
  const data = typeof one.data === 'string' ? EventData.fromText(one.data) : undefined;
  return { id, source, type, subject, time, datacontenttype, extensions: {}, data };
}

export const argoEvents = (events: Readonly<Record<string, Case>> | undefined): Map<string, Event> =>
  new Map(Object.entries(events ?? {}).map(([name, event]) => [name, argoEvent(event) as Event]));
