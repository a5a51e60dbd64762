import type { Event } from '../../../src/core/event/event.ts';
import { goQuote } from '../../../src/core/json/quote.ts';

/** The attributes of an event as Argo shows them to parameters: fixed order, time in whole seconds, null where there is none. */
export function contextJson(event: Event): string {
  const context = {
    id: event.id,
    source: event.source,
    specversion: '1.0',
    type: event.type,
    datacontenttype: event.datacontenttype,
    subject: event.subject,
    time: wholeSeconds(event.time),
  };
  return `{${Object.entries(context)
    .map(([name, value]) => `"${name}":${name === 'time' && value === '' ? 'null' : goQuote(value)}`)
    .join(',')}}`;
}

/** The whole event, its payload in base64. */
export function eventJson(event: Event): string {
  const data = event.data ? `"${Buffer.from(event.data.bytes).toString('base64')}"` : 'null';
  return `{"context":${contextJson(event)},"data":${data}}`;
}

/** A time that cannot be read is shown as it is. */
function wholeSeconds(time: string): string {
  const instant = Date.parse(time);
  return Number.isNaN(instant) ? time : `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
