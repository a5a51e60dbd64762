import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import { type Call, Refusal } from '../../src/core/http/call.ts';
import type { HttpClient } from '../../src/core/http/client.ts';
import type { JsonObject } from '../../src/core/json/json.ts';
import type { Taken } from '../called/answer-calls.ts';
import { objectText, textOf } from '../called/body.ts';
import { draftOf, headersText } from '../called/draft.ts';
import type { EventSourceContext } from '../event-source.ts';
import { isOfSns, isSignedBy } from './signature.ts';
import type { SnsSpec } from './spec.ts';

/** Certificates that are kept, and milliseconds for one request to SNS. */
const kept = 8;
const within = 5_000;

/** A message of SNS: a notification becomes an event, the confirmation of a subscription is given, and its end is left to itself. */
export function takeSns(spec: SnsSpec, client: HttpClient, context: EventSourceContext): (call: Call) => Promise<Taken> {
  const { webhook, topicArn, endpoint, validateSignature, metadata } = spec;
  const { eventSourceName, eventName, signal, clock, tell } = context;
  const certificates = new Map<string, Promise<string>>();

  const get = async (url: string): Promise<string> => {
    const answer = await client.send({ method: 'GET', url: new URL(url), headers: {} }, { signal, clock, within, keep: 64 * 1024 });
    if (answer.status !== 200) throw new Error(`it is answered with ${answer.status}`);
    return answer.text ?? '';
  };
  const certificateAt = (url: string): Promise<string> => {
    const known = certificates.get(url) ?? get(url);
    certificates.set(url, known);
    known.catch(() => certificates.delete(url));
    if (certificates.size > kept) certificates.delete(certificates.keys().next().value!);
    return known;
  };
  const checkSignature = async (message: JsonObject): Promise<void> => {
    const url = message['SigningCertURL'] ?? message['SigningCertUrl'];
    if (!isOfSns(url, endpoint)) throw new Refusal(400, 'the certificate of the message is not at SNS');
    const certificate = await certificateAt(url).catch((thrown) => {
      throw new Refusal(503, 'the certificate of the message cannot be had', { 'Retry-After': '10' }, thrown);
    });
    if (!isSigned(message, certificate)) throw new Refusal(400, 'payload signature check failed');
  };
  const confirm = async (message: JsonObject): Promise<void> => {
    const url = message['SubscribeURL'];
    if (!isOfSns(url, endpoint)) throw new Refusal(400, 'the subscription is not confirmed at SNS');
    await get(url).catch((thrown) => {
      throw new Refusal(503, `the subscription could not be confirmed: ${reasonOf(thrown)}`, { 'Retry-After': '10' }, thrown);
    });
    tell.hookRegistered({ eventsource: eventSourceName, event: eventName, of: topicArn, done: 'confirmed' });
  };

  return async (call) => {
    const { text, object } = objectText(textOf(await call.body(webhook.maxPayloadSize)));
    if (object['TopicArn'] !== topicArn) throw new Refusal(400, 'the message is of another topic');
    if (validateSignature) await checkSignature(object);
    if (object['Type'] === 'SubscriptionConfirmation') await confirm(object);
    if (object['Type'] !== 'Notification') return { events: [] };
    const id = typeof object['MessageId'] === 'string' ? stableId(eventSourceName, eventName, object['MessageId']) : undefined;
    const fields = { header: headersText(call.headers), body: text };
    return { events: [draftOf(call, { fields, metadata, id, body: text }, context)] };
  };
}

function isSigned(message: JsonObject, certificate: string): boolean {
  try {
    return isSignedBy(message, certificate);
  } catch {
    return false;
  }
}
