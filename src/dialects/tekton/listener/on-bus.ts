import { isUtf8 } from 'node:buffer';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { EventData } from '../../../core/event/data.ts';
import type { Event } from '../../../core/event/event.ts';
import type { Headers } from '../../../core/http/call.ts';
import { isObject } from '../../../core/json/json.ts';
import { ListenerCall } from './call.ts';

/** A call of an EventListener as it travels: `{url, header, body}`, with `bodyBase64` in the place of a body that is no UTF-8. */
export function callData(url: string, header: Headers, body: Uint8Array): EventData {
  const content = isUtf8(body) ? { body: textOf(body) } : { bodyBase64: Buffer.from(body).toString('base64') };
  return EventData.fromText(JSON.stringify({ url, header, ...content }));
}

/** Throws EngineError EVENT_NOT_JSON, and EVENT_FILTER_FAILED for what no EventListener has published. */
export function callOf({ data }: Event): ListenerCall {
  const json = data?.json;
  if (!isObject(json) || !isObject(json['header']))
    throw new EngineError('EVENT_FILTER_FAILED', { problem: 'the event is no call of an EventListener' });
  const { url, header, body, bodyBase64 } = json;
  const bytes = typeof bodyBase64 === 'string' ? Buffer.from(bodyBase64, 'base64') : undefined;
  return new ListenerCall({
    url: String(url),
    header: header as unknown as Headers,
    body: bytes ? textOf(bytes) : String(body ?? ''),
    bytes,
  });
}

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
