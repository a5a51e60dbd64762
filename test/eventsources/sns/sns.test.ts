import { createSign } from 'node:crypto';
import { expect, test } from 'vitest';
import { isOfSns } from '../../../eventsources/sns/signature.ts';
import { makeCertificates } from '../../../src/cli/local-cluster/tls/certificates.ts';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:orders';
const entry = { webhook, topicArn, region: 'eu-west-1' };
const ok = { status: 200, text: 'success' };

const { certificate, key } = makeCertificates(Date.parse('2026-07-18T12:00:00Z'));

/** A server that stands for SNS: it has the certificate, confirms subscriptions and takes new ones. */
const snsServer = () =>
  providerServer((what) => {
    if (what === 'GET /cert.pem') return { text: certificate };
    if (what.startsWith('GET /?Action=ConfirmSubscription')) return { text: '<ConfirmSubscriptionResponse/>' };
    return what === 'POST /'
      ? { text: '<SubscribeResponse><SubscriptionArn>pending confirmation</SubscriptionArn></SubscribeResponse>' }
      : undefined;
  });

const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

function messageOf(url: string, change: Record<string, string> = {}, { version = '2', unsigned = {} } = {}) {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: 'm1',
    TopicArn: topicArn,
    Message: 'hello',
    Timestamp: '2026-07-18T12:00:00.000Z',
    ...change,
  };
  const text = names.flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`])).join('');
  const signature = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(text)
    .sign(key, 'base64');
  return {
    body: JSON.stringify({ ...message, SignatureVersion: version, Signature: signature, SigningCertURL: `${url}/cert.pem`, ...unsigned }),
  };
}

test('a signed message is there with its envelope, and one that comes again is recognised', async () => {
  await using server = await snsServer();
  await using source = await runCalled('sns', { ...entry, endpoint: server.url });

  expect(await source.call(messageOf(server.url, { Subject: 'An order' }))).toEqual(ok);
  expect(await source.call(messageOf(server.url, { Subject: 'An order' }))).toEqual(ok);
  expect(await source.call(messageOf(server.url, { MessageId: 'm2' }, { version: '1' }))).toEqual(ok);

  expect(await source.payloads()).toMatchObject([
    { header: {}, body: { Message: 'hello', Subject: 'An order' } },
    { header: {}, body: { MessageId: 'm2' } },
  ]);
  expect(server.said()).toEqual(['GET /cert.pem']);
});

test.each([
  ['changed after it was signed', {}, { unsigned: { Message: 'other' } }, 400, 'payload signature check failed'],
  ['with no signature', {}, { unsigned: { Signature: '' } }, 400, 'payload signature check failed'],
  ['with an unknown version', {}, { unsigned: { SignatureVersion: '3' } }, 400, 'payload signature check failed'],
  ['of an unknown type', { Type: 'Other' }, {}, 400, 'payload signature check failed'],
  ['of another topic', { TopicArn: 'arn:other' }, {}, 400, 'the message is of another topic'],
  [
    'whose certificate is elsewhere',
    {},
    { unsigned: { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.test/c.pem' } },
    400,
    'the certificate of the message is not at SNS',
  ],
  [
    'whose certificate is a file',
    {},
    { unsigned: { SigningCertURL: 'file:///etc/passwd' } },
    400,
    'the certificate of the message is not at SNS',
  ],
])('a message %s is refused', async (_, change, how, status, text) => {
  await using server = await snsServer();
  await using source = await runCalled('sns', { ...entry, endpoint: server.url });

  expect(await source.call(messageOf(server.url, change as Record<string, string>, how))).toMatchObject({ status, text });
  expect(await source.events()).toEqual([]);
});

test('a certificate that cannot be had now is asked for again at the next message', async () => {
  let isThere = false;
  await using server = await providerServer(() => (isThere ? { text: certificate } : { status: 500 }));
  await using source = await runCalled('sns', { ...entry, endpoint: server.url });

  expect(await source.call(messageOf(server.url))).toMatchObject({ status: 503, text: 'the certificate of the message cannot be had' });
  isThere = true;
  expect(await source.call(messageOf(server.url))).toEqual(ok);
});

const confirmation = (url: string, subscribe = `${url}/?Action=ConfirmSubscription&Token=t`) =>
  messageOf(url, { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: subscribe });

test('a subscription is confirmed, and that is no event', async () => {
  await using server = await snsServer();
  await using source = await runCalled('sns', { ...entry, endpoint: server.url });

  expect(await source.call(confirmation(server.url))).toEqual(ok);
  expect(server.said()).toContain('GET /?Action=ConfirmSubscription&Token=t');
  expect(await source.events()).toEqual([]);
});

test('no address but that of SNS is asked for a confirmation, also when signatures are not checked', async () => {
  await using server = await snsServer();
  await using elsewhere = await snsServer();
  await using source = await runCalled('sns', { ...entry, endpoint: server.url, validateSignature: false });

  expect(await source.call(confirmation(server.url, `${elsewhere.url}/?Action=ConfirmSubscription`))).toEqual({
    status: 400,
    text: 'the subscription is not confirmed at SNS',
  });
  expect(elsewhere.asked).toEqual([]);
});

test('signatures are left unchecked only where it is said', async () => {
  await using source = await runCalled('sns', { ...entry, validateSignature: false });

  expect(await source.call({ body: JSON.stringify({ Type: 'Notification', TopicArn: topicArn, Message: 'x' }) })).toEqual(ok);
  expect(await source.events()).toHaveLength(1);
});

test('with keys and a public address the topic is subscribed to, signed as AWS asks', async () => {
  await using server = await snsServer();
  const keys = { accessKey: secret, secretKey: secret };
  await using source = await runCalled('sns', {
    ...entry,
    ...keys,
    endpoint: server.url,
    webhook: { ...webhook, url: 'https://hooks.test' },
  });
  expect(await source.heard.seen('hookRegistered')).toMatchObject({ of: topicArn, done: 'made' });

  const [asked] = server.asked;
  expect(Object.fromEntries(new URLSearchParams(asked!.body as string))).toEqual({
    Action: 'Subscribe',
    Version: '2010-03-31',
    TopicArn: topicArn,
    Protocol: 'https',
    Endpoint: 'https://hooks.test/hook',
  });
  expect(asked!.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=secret\/20260718\/eu-west-1\/sns\/aws4_request, /);
});

test.each([
  ['https://sns.eu-west-1.amazonaws.com/x.pem', true],
  ['https://sns.cn-north-1.amazonaws.com.cn/x.pem', true],
  ['http://sns.eu-west-1.amazonaws.com/x.pem', false],
  ['https://sns.eu-west-1.amazonaws.com:8443/x.pem', false],
  ['https://a@sns.eu-west-1.amazonaws.com/x.pem', false],
  ['https://x.sns.eu-west-1.amazonaws.com/x.pem', false],
  ['https://sns.s3.amazonaws.com.evil.test/x.pem', false],
  ['https://bucket.s3.amazonaws.com/x.pem', false],
  ['https://local.test:4566/x.pem', true],
  ['https://local.test/x.pem', false],
  ['no url', false],
])('%s is of SNS: %s', (url, is) => {
  expect(isOfSns(url, 'https://local.test:4566')).toBe(is);
});

test.each([
  [{ topicArn: undefined }, 'error topicArn: must specify topic arn'],
  [{ region: '' }, 'error region: must specify region'],
  [{ endpoint: 'sns' }, 'error endpoint: the endpoint sns is no http or https URL'],
  [
    { webhook: { ...webhook, url: 'https://hooks.test' } },
    'warning webhook.url: without accessKey and secretKey the topic is not subscribed to for you',
  ],
  [{ validateSignature: false }, 'warning validateSignature: signatures are not checked, so anybody who knows the address can post events'],
])('of %o it is said: %s', (change, said) => {
  expect(findingsOf('sns', { ...entry, ...change })).toContain(said);
});
