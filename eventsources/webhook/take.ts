import { type Call, headerOf, Refusal } from '../../src/core/http/call.ts';
import { isForm } from '../../src/core/http/form.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { Taken } from '../called/answer-calls.ts';
import { formOf, jsonText, textOf } from '../called/body.ts';
import { draftOf, headersText, type Names } from '../called/draft.ts';

interface Webhook {
  readonly method: string;
  readonly maxPayloadSize: number;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** A call of a `webhook`, in the order of Argo's checks. */
export const takeWebhook =
  ({ method, maxPayloadSize, metadata }: Webhook, names: Names) =>
  async (call: Call): Promise<Taken> => {
    if (call.method !== method) throw new Refusal(400, 'http method does not match', method ? { Allow: method } : {});
    const body = await bodyOf(call, maxPayloadSize);
    return { events: [draftOf(call, { fields: { header: headersText(call.headers), body }, metadata, body }, names)] };
  };

/** The body as JSON text: what was sent, a form as lists by name, or the query where there is no body to be had. */
async function bodyOf(call: Call, limit: number): Promise<string> {
  if (call.method === 'GET' || call.method === 'HEAD') return goJson(formOf(call.query, 'leave out'));
  const text = textOf(await call.body(limit));
  if (text === '' && call.method === 'DELETE') return goJson(formOf(call.query, 'leave out'));
  return isForm(headerOf(call.headers, 'Content-Type')) ? goJson(formOf(text)) : jsonText(text);
}
