import { hash, randomUUID } from 'node:crypto';
import { stableId } from '../../src/core/event/stable-id.ts';
import { type Headers, headerOf } from '../../src/core/http/call.ts';

/** Headers in which senders name a delivery, so that one sent again bears the same. Not `X-Request-Id`: several calls may share that. */
const deliveryHeaders = [
  'X-Github-Delivery',
  'X-Gitlab-Event-Uuid',
  'X-Request-Uuid',
  'Webhook-Id',
  'Idempotency-Key',
  'X-Amz-Sns-Message-Id',
] as const;

/**
 * The id of the event that a call becomes: made of the sender's own word for the delivery and of the body, so that a repeat is
 * recognised and nothing else is; random where the sender gives none. `own` is another header in which this sender names it.
 */
export function deliveryId(names: readonly string[], headers: Headers, body: string | Uint8Array, own?: string): string {
  const header = [...(own ? [own] : []), ...deliveryHeaders].find((name) => headerOf(headers, name));
  if (header) return idOf(names, header, headerOf(headers, header)!, body);
  const [id, source] = [headerOf(headers, 'Ce-Id'), headerOf(headers, 'Ce-Source')];
  return id && source ? idOf(names, 'Ce-Id', `${source}\n${id}`, body) : randomUUID().replaceAll('-', '');
}

/** The id of an event whose body says when it happened, so that no two are alike. */
export const bodyId = (names: readonly string[], body: string): string => stableId(...names, 'body', hash('sha256', body, 'hex'));

const idOf = (names: readonly string[], header: string, value: string, body: string | Uint8Array): string =>
  stableId(...names, header, value, hash('sha256', body, 'hex'));

/** A W3C trace context that a caller sends, if it is one. */
export function traceOf(headers: Headers): string | undefined {
  const trace = headerOf(headers, 'Traceparent');
  return trace && /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(trace) ? trace : undefined;
}
