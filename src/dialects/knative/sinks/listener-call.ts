import { isUtf8 } from 'node:buffer';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { writeBinary } from '../../../core/cloudevents/write.ts';
import { EventData } from '../../../core/event/data.ts';
import type { Address } from '../../../core/event/event.ts';

/** Where an EventListener of ours takes its calls. */
export const listenerAddress = (name: string): Address => ({ source: `EventListener:${name}`, subject: 'request' });

/** The event as the call that would have brought it to an EventListener, with its attributes in headers. */
export function asListenerCall(event: CloudEvent, url: string): CloudEvent {
  const { headers, body = '' } = writeBinary(event);
  const { pathname, search } = new URL(url);
  const content =
    typeof body === 'string' || isUtf8(body) ? { body: event.data?.text ?? '' } : { bodyBase64: Buffer.from(body).toString('base64') };
  const header = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const data = EventData.fromText(JSON.stringify({ url: pathname + search, header, ...content }));
  return { ...event, datacontenttype: 'application/json', data };
}
