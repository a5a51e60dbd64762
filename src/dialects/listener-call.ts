/** Calls of EventListeners of Tekton, as they travel: those that come over HTTP, and events of Knative that are sent to one. */
import { isUtf8 } from 'node:buffer';
import { EventData } from '../core/event/data.ts';
import type { Address } from '../core/event/event.ts';
import type { Headers } from '../core/http/call.ts';

/** Where an EventListener of ours takes its calls. */
export const listenerAddress = (name: string): Address => ({ source: `EventListener:${name}`, subject: 'request' });

/** `{url, header, body}`, with `bodyBase64` in the place of a body that is no UTF-8. */
export function callData(url: string, header: Headers, body: Uint8Array): EventData {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const content = isUtf8(bytes) ? { body: bytes.toString('utf8') } : { bodyBase64: bytes.toString('base64') };
  return EventData.fromText(JSON.stringify({ url, header, ...content }));
}
