import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { writeBinary } from '../../../core/cloudevents/write.ts';
import { callData } from '../../listener-call.ts';

/** The event as the call that would have brought it to an EventListener, with its attributes in headers. */
export function asListenerCall(event: CloudEvent, url: string): CloudEvent {
  const { headers } = writeBinary(event);
  const { pathname, search } = new URL(url);
  const header = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const data = callData(pathname + search, header, event.data?.bytes ?? new Uint8Array());
  return { ...event, datacontenttype: 'application/json', data };
}
