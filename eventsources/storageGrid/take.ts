import { randomUUID } from 'node:crypto';
import { type Call, Refusal } from '../../src/core/http/call.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import type { Taken } from '../called/answer-calls.ts';
import { formOf, jsonText, textOf } from '../called/body.ts';
import { bodyId } from '../called/delivery.ts';
import { draftOf } from '../called/draft.ts';
import type { EventSourceContext } from '../event-source.ts';
import type { StorageGridSpec } from './index.ts';

/** A notification: a form in the manner of SNS, whose `Message` holds the records. It is answered as SNS would, once it is stored. */
export const takeStorageGrid =
  ({ webhook, filter, metadata }: StorageGridSpec, context: EventSourceContext) =>
  async (call: Call): Promise<Taken> => {
    const answer = {
      status: 200,
      text: call.method === 'HEAD' ? '' : answerText(),
      headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    };
    const text = textOf(await call.body(webhook.maxPayloadSize));
    if (call.method === 'HEAD' || text === '') return { events: [], answer };
    const form = formOf(text);
    const field = (name: string): string => form[name]?.[0] ?? '';
    if (!field('Message')) throw new Refusal(400, 'the form has no field "Message"');
    const message = jsonText(field('Message'));
    if (filter && !hasName(parseJson(message), filter)) return { events: [], answer };
    const id = message.includes('"eventTime":') ? bodyId([context.eventSourceName, context.eventName], message) : undefined;
    const notification = `{"Action":${goJson(field('Action'))},"Message":${message},"TopicArn":${goJson(field('TopicArn'))},"Version":${goJson(field('Version'))}}`;
    return { events: [draftOf(call, { fields: { notification }, metadata, id, body: message }, context)], answer };
  };

/** As in Argo, the first record decides. */
function hasName(message: Json, { prefix, suffix }: { readonly prefix: string; readonly suffix: string }): boolean {
  const records = isObject(message) ? message['Records'] : undefined;
  const s3 = Array.isArray(records) && isObject(records[0]) ? records[0]['s3'] : undefined;
  const object = isObject(s3) ? s3['object'] : undefined;
  const name = isObject(object) ? object['key'] : undefined;
  return typeof name === 'string' && name.startsWith(prefix) && name.endsWith(suffix);
}

const answerText = (): string =>
  `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult>` +
  `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>\n`;
