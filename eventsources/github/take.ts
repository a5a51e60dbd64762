import { type Call, headerOf, Refusal } from '../../src/core/http/call.ts';
import { isForm } from '../../src/core/http/form.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { Taken } from '../called/answer-calls.ts';
import { formOf, objectText, textOf } from '../called/body.ts';
import { draftOf, headersText } from '../called/draft.ts';
import { keepSecret } from '../called/keep-secret.ts';
import { checkHubSignature } from '../called/signed.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { GithubSpec } from './spec.ts';

const marks = ['X-GitHub-Event', 'X-GitHub-Delivery'] as const;

/** A delivery of GitHub: signed as the entry says, with the event's kind and the delivery's id added to the body. */
export function takeGithub({ webhook, webhookSecret, metadata }: GithubSpec, context: EventSourceContext): (call: Call) => Promise<Taken> {
  const secret = webhookSecret && keepSecret(webhookSecret, context);
  return async (call) => {
    const bytes = await call.body(webhook.maxPayloadSize);
    if (secret) checkHubSignature(call, bytes, await secret());
    const { text, object } = objectText(payloadOf(call, textOf(bytes)));
    const added = marks.map(
      (name) =>
        `${goJson(name)}:${goJson(headerOf(call.headers, name === 'X-GitHub-Event' ? 'X-Github-Event' : 'X-Github-Delivery') ?? '')}`,
    );
    const body = `${text.slice(0, -1)}${Object.keys(object).length > 0 ? ',' : ''}${added.join(',')}}`;
    return { events: [draftOf(call, { fields: { headers: headersText(call.headers), body }, metadata, body }, context)] };
  };
}

/** The JSON of a delivery, which a form has in its field `payload`. */
function payloadOf({ headers }: Call, text: string): string {
  if (!isForm(headerOf(headers, 'Content-Type'))) return text;
  const payload = formOf(text)['payload']?.[0];
  if (payload === undefined) throw new Refusal(400, 'the form has no field "payload"');
  return payload;
}
