import { EngineError } from '../../../core/errors/engine-error.ts';
import type { Event } from '../../../core/event/event.ts';
import type { Headers } from '../../../core/http/call.ts';
import { isObject } from '../../../core/json/json.ts';
import { ListenerCall } from './call.ts';

/** The call that an event is. Throws EngineError EVENT_NOT_JSON, and EVENT_FILTER_FAILED for what no EventListener has published. */
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
