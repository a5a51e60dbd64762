import { expect, test } from 'vitest';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { hmac } from '../provider-worlds.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = { webhook, token: secret, signingSecret: secret };
const ok = { status: 200, text: 'success' };
const now = Date.parse('2026-07-18T12:00:00Z') / 1000;
const form = 'application/x-www-form-urlencoded';

function signed(body: string, { time = now, type = 'application/json' } = {}) {
  const signature = `v0=${hmac('sha256', `v0:${time}:${body}`)}`;
  return { body, headers: { 'content-type': type, 'x-slack-request-timestamp': `${time}`, 'x-slack-signature': signature } };
}
const callback = (event: object, more: object = {}) => JSON.stringify({ token: 'secret', type: 'event_callback', event, ...more });

test('of an event it is the inner event that counts, and one that Slack sends again is recognised', async () => {
  await using source = await runCalled('slack', entry);
  const body = callback({ type: 'app_mention', text: 'hello' }, { event_id: 'Ev1' });

  expect(await source.call(signed(body))).toEqual(ok);
  expect(await source.call(signed(body, { time: now + 3 }))).toEqual(ok);
  expect(await source.payloads()).toEqual([{ type: 'app_mention', text: 'hello' }]);
});

test('the challenge is answered and makes no event', async () => {
  await using source = await runCalled('slack', entry);

  expect(await source.call(signed('{"token":"secret","type":"url_verification","challenge":"abc"}'))).toEqual({ status: 200, text: 'abc' });
  expect(await source.events()).toEqual([]);
});

test('an interaction and a command are there without the token', async () => {
  await using source = await runCalled('slack', entry);
  const interaction = `payload=${encodeURIComponent('{"type":"block_actions","token":"secret","actions":[]}')}`;

  expect(await source.call(signed(interaction, { type: form }))).toEqual(ok);
  expect(await source.call(signed('token=secret&command=%2Fdeploy&text=web+now', { type: form }))).toEqual(ok);
  expect(await source.payloads()).toEqual([
    { type: 'block_actions', token: '*** Masked Auth Secret ***', actions: [] },
    { token: '*** Masked Auth Secret ***', command: '/deploy', text: 'web now' },
  ]);
});

test('Slack’s own example of a signature is right', async () => {
  await using source = await runCalled('slack', entry, {
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    now: new Date(1531420618000).toISOString(),
  });
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner' +
    '&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
    '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  const headers = {
    'content-type': form,
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  };

  expect(await source.call({ body, headers })).toEqual(ok);
  expect(await source.payloads()).toMatchObject([{ command: '/webhook-collect', user_name: 'roadrunner' }]);
});

const good = signed(callback({}));

test.each([
  [{ ...good, headers: {} }, 401, 'missing signature'],
  [{ ...good, body: callback({ a: 1 }) }, 401, 'signature validation failed'],
  [{ ...good, headers: { ...good.headers, 'x-slack-request-timestamp': `${now - 1}` } }, 401, 'signature validation failed'],
  [signed(callback({}), { time: now - 301 }), 401, 'timestamp is too old'],
  [signed(callback({}, { token: 'other' })), 401, 'the verification token is another'],
  [signed('a=1', { type: form }), 500, 'could not determine slack type from form parameters'],
])('%o is refused with %i: %s', async (request, status, text) => {
  await using source = await runCalled('slack', entry);

  expect(await source.call(request as Parameters<typeof source.call>[0])).toEqual({ status, text });
  expect(await source.events()).toEqual([]);
});

test.each([
  [{ ...entry, token: undefined }, 'error token: token not provided'],
  [{ ...entry, signingSecret: undefined }, 'error signingSecret: signingSecret not provided'],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('slack', spec)).toContain(said);
});
