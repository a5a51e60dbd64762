import { isHmac } from '../../src/core/access/same.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { type Call, headerOf, Refusal } from '../../src/core/http/call.ts';
import { checkAge } from '../called/age.ts';
import type { Taken } from '../called/answer-calls.ts';
import { objectText, textOf } from '../called/body.ts';
import { draftOf } from '../called/draft.ts';
import { keepSecret } from '../called/keep-secret.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { StripeSpec } from './index.ts';

/** An event of Stripe as it was sent, under `event`. Its own id makes ours, so that what Stripe sends again is recognised. */
export function takeStripe(spec: StripeSpec, context: EventSourceContext): (call: Call) => Promise<Taken> {
  const { webhook, signingSecret, eventFilter, metadata } = spec;
  const { eventSourceName, eventName, clock } = context;
  const secret = signingSecret && keepSecret(signingSecret, context);
  return async (call) => {
    const bytes = await call.body(webhook.maxPayloadSize);
    if (secret) checkSignature(headerOf(call.headers, 'Stripe-Signature'), bytes, await secret(), clock.now());
    const { text, object } = objectText(textOf(bytes));
    if (eventFilter.length > 0 && !eventFilter.includes(`${object['type']}`)) throw new Refusal(400, 'invalid event');
    const id = typeof object['id'] === 'string' ? stableId(eventSourceName, eventName, object['id']) : undefined;
    return { events: [draftOf(call, { fields: { event: text }, metadata, id, body: text }, context)] };
  };
}

/** `t=SECONDS,v1=HEX[,v1=HEX…]`: any of the signatures will do, while a secret is being changed there are two. */
function checkSignature(header: string | undefined, body: Uint8Array, secret: string, now: number): void {
  if (!header) throw new Refusal(400, 'missing signature');
  const parts = header.split(',').map((part) => part.trim().split('=') as [string, string | undefined]);
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  const signatures = parts.filter(([name]) => name === 'v1').map(([, hex]) => hex ?? '');
  if (!signatures.some((hex) => isHmac('sha256', secret, [`${time}.`, body], hex)))
    throw new Refusal(400, 'payload signature check failed');
  checkAge(time, now, 400);
}
