import { isHmac, same } from '../../src/core/access/same.ts';
import { EventData } from '../../src/core/event/data.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { type Call, headerOf, Refusal } from '../../src/core/http/call.ts';
import { isForm } from '../../src/core/http/form.ts';
import type { JsonObject } from '../../src/core/json/json.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import { checkAge } from '../called/age.ts';
import type { Taken } from '../called/answer-calls.ts';
import { formOf, objectText, textOf } from '../called/body.ts';
import { deliveryId, traceOf } from '../called/delivery.ts';
import { keepSecret } from '../called/keep-secret.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { SlackSpec } from './index.ts';

const masked = '*** Masked Auth Secret ***';

/** A call of Slack, whose payload has no wrapper: the inner event, the interaction, or the command. */
export function takeSlack({ webhook, token, signingSecret }: SlackSpec, context: EventSourceContext): (call: Call) => Promise<Taken> {
  const { eventSourceName, eventName, clock } = context;
  const verification = keepSecret(token!, context);
  const signing = keepSecret(signingSecret!, context);
  return async (call) => {
    const bytes = await call.body(webhook.maxPayloadSize);
    checkSignature(call, bytes, await signing(), clock.now());
    const text = textOf(bytes);
    const event = (data: string, id?: string): Taken => ({
      events: [
        {
          id: id === undefined ? deliveryId([eventSourceName, eventName], call.headers, bytes) : stableId(eventSourceName, eventName, id),
          data: EventData.fromText(data),
          traceparent: traceOf(call.headers),
        },
      ],
    });
    if (isForm(headerOf(call.headers, 'Content-Type'))) return event(formText(text));
    const { object } = objectText(text);
    if (!same(`${object['token']}`, await verification())) throw new Refusal(401, 'the verification token is another');
    if (object['type'] === 'url_verification') return { events: [], answer: { status: 200, text: `${object['challenge']}` } };
    if (object['type'] !== 'event_callback') return { events: [] };
    const id = object['event_id'];
    return event(goJson(object['event'] ?? null), typeof id === 'string' ? id : undefined);
  };
}

/** `v0=HEX` over `v0:SECONDS:BODY`, not older than five minutes. */
function checkSignature({ headers }: Call, body: Uint8Array, secret: string, now: number): void {
  const time = headerOf(headers, 'X-Slack-Request-Timestamp') ?? '';
  const [, hex] = /^v0=([\da-f]+)$/i.exec(headerOf(headers, 'X-Slack-Signature') ?? '') ?? [];
  if (!time || !hex) throw new Refusal(401, 'missing signature');
  if (!isHmac('sha256', secret, [`v0:${time}:`, body], hex)) throw new Refusal(401, 'signature validation failed');
  checkAge(time, now, 401);
}

/** An interaction has its JSON in `payload`; a command is a form of single values. */
function formText(text: string): string {
  const form = formOf(text);
  const payload = form['payload']?.[0];
  if (payload) return goJson(hidden(objectText(payload).object));
  if (!form['command']?.[0]) throw new Refusal(500, 'could not determine slack type from form parameters');
  return goJson(hidden(Object.fromEntries(Object.entries(form).map(([name, values]) => [name, values[0]!]))));
}

/** Without the verification token, which is a secret. */
const hidden = (object: JsonObject): JsonObject => (object['token'] === undefined ? object : { ...object, token: masked });
