import { expect, test } from 'vitest';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { hmac } from '../provider-worlds.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const body = '{"id":"evt_1","type":"charge.failed","amount":12345678901234567890}';
const ok = { status: 200, text: 'success' };
const now = Date.parse('2026-07-18T12:00:00Z') / 1000;
const signature = (time: number, text = body): string => `t=${time},v1=${hmac('sha256', `${time}.${text}`)}`;

test('an event is there as Stripe sent it, and one that comes again is recognised by its id', async () => {
  await using source = await runCalled('stripe', { webhook, metadata: { team: 'a' } });

  expect(await source.call({ body })).toEqual(ok);
  expect(await source.call({ body: body.replace('123', '124') })).toEqual(ok);
  expect((await source.events()).map(({ data }) => data!.text)).toEqual([`{"event":${body},"metadata":{"team":"a"}}`]);
});

test.each([
  [undefined, 'missing signature'],
  ['v1=00', 'payload signature check failed'],
  [`t=${now},v1=`, 'payload signature check failed'],
  [`t=${now},v0=${hmac('sha256', `${now}.${body}`)}`, 'payload signature check failed'],
  [signature(now, '{}'), 'payload signature check failed'],
  [signature(now).replace(`t=${now}`, `t=${now + 1}`), 'payload signature check failed'],
  [signature(now - 301), 'timestamp is too old'],
  [signature(now + 301), 'timestamp is too old'],
])('with a signing secret, %s is refused: %s', async (header, text) => {
  await using source = await runCalled('stripe', { webhook, signingSecret: secret });

  expect(await source.call({ body, headers: header ? { 'stripe-signature': header } : {} })).toEqual({ status: 400, text });
  expect(await source.events()).toEqual([]);
});

test('a signature of the last five minutes is taken, also beside that of an older secret', async () => {
  await using source = await runCalled('stripe', { webhook, signingSecret: secret });

  expect(await source.call({ body, headers: { 'stripe-signature': signature(now - 299).replace(',', ', v1=00, ') } })).toEqual(ok);
});

test('with an eventFilter other types are refused', async () => {
  await using source = await runCalled('stripe', { webhook, eventFilter: ['charge.succeeded'] });

  expect(await source.call({ body })).toEqual({ status: 400, text: 'invalid event' });
  expect(await source.call({ body: '{"type":"charge.succeeded"}' })).toEqual(ok);
});

test.each([
  [{ webhook, createWebhook: true }, 'error apiKey: api key K8s secret selector not provided'],
  [{ webhook, createWebhook: true, apiKey: secret, signingSecret: secret }, 'warning createWebhook: the endpoint is not made for you'],
  [{ webhook }, 'warning : no secret is checked, so anybody who knows the address can post events'],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('stripe', spec)).toContain(said);
});
