import { createPublicKey, createVerify } from 'node:crypto';
import type { JsonObject } from '../../src/core/json/json.ts';

/** What is signed of a message, in this order, each name and each value in a line; what a message does not have is left out. */
const signedOf: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

/** Whether the holder of a certificate has signed a message. Throws Node's error for a certificate that is none. */
export function isSignedBy(message: JsonObject, certificate: string): boolean {
  const { Type: type, SignatureVersion: version, Signature: signature } = message;
  const names = signedOf[`${type}`];
  if (!names || typeof signature !== 'string' || !['1', '2'].includes(`${version}`)) return false;
  const text = names.filter((name) => typeof message[name] === 'string').map((name) => `${name}\n${message[name]}\n`);
  return createVerify(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(text.join(''))
    .verify(createPublicKey(certificate), signature, 'base64');
}

/** Whether a URL in a message leads to SNS: to Amazon's own servers, or to the `endpoint` of the entry. Everybody can write a message. */
export function isOfSns(text: unknown, endpoint: string | undefined): text is string {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  if (endpoint && url.origin === new URL(endpoint).origin) return true;
  return url.protocol === 'https:' && url.port === '' && /^sns\.[a-z\d-]+\.amazonaws\.com(?:\.cn)?$/.test(url.hostname);
}
