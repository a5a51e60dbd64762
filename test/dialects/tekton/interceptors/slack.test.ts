import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { compileInterceptors } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import { entryOf, interceptorWorld, outcomeOf, requestOf, secretRef } from './world.ts';

const form = 'command=%2Fbuild&text=main+2222&channel_name=ops';
const receivedAt = Date.parse('2026-07-18T12:00:00Z');
const seconds = receivedAt / 1000;

const signature = (time: number, key = 's3cret') => `v0=${createHmac('sha256', key).update(`v0:${time}:${form}`).digest('hex')}`;

const call = (header: Record<string, string> = {}, body = form) =>
  requestOf({
    header: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Slack-Signature': 'v0=00', ...header },
    body,
    receivedAt,
  });

const fields = { requestedFields: ['text', 'command'] };

test('the wanted fields of a command become extensions', async () => {
  const outcome = await outcomeOf([entryOf('slack', fields)], call());

  expect(outcome).toMatchObject({ kind: 'passed', extensions: { text: ['main 2222'], command: ['/build'] } });
});

test.each([
  [0, 'passed'],
  [299, 'passed'],
  [-299, 'passed'],
  [301, 'stopped'],
])('with the signing secret a call is passed or stopped by its signature, made %d s ago: %s', async (age, kind) => {
  const time = seconds - age;
  const header = { 'X-Slack-Request-Timestamp': `${time}`, 'X-Slack-Signature': signature(time) };

  const outcome = await outcomeOf([entryOf('slack', { ...fields, secretRef: secretRef('signing') })], call(header), {
    secrets: { signing: 's3cret' },
  });

  expect(outcome.kind).toBe(kind);
});

test.each([
  [
    { 'X-Slack-Request-Timestamp': `${seconds}`, 'X-Slack-Signature': signature(seconds, 'other') },
    'the signature in X-Slack-Signature is not made with the secret access.signing',
  ],
  [{ 'X-Slack-Request-Timestamp': `${seconds}` }, 'the signature in X-Slack-Signature is not made with the secret access.signing'],
  [{}, 'there is no header X-Slack-Request-Timestamp, and the signature is over it'],
  [{ 'X-Slack-Request-Timestamp': `${seconds - 600}` }, 'X-Slack-Request-Timestamp is 600 s off, and 300 s are taken'],
])('a call that is not signed with it is stopped: %j', async (header, message) => {
  const outcome = await outcomeOf([entryOf('slack', { ...fields, secretRef: secretRef('signing') })], call(header), {
    secrets: { signing: 's3cret' },
  });

  expect(outcome).toMatchObject({ kind: 'stopped', code: 9, message });
});

test.each([
  [
    { 'Content-Type': 'application/json' },
    form,
    3,
    'Content-Type is `application/json`, and Slack sends application/x-www-form-urlencoded',
  ],
  [{ 'X-Slack-Signature': '' }, form, 3, 'there is no header X-Slack-Signature'],
  [{}, 'payload=%7B%7D', 3, 'the body is no form of two fields or more'],
  [{}, 'a=%zz&b=2', 3, 'the body is no form of two fields or more'],
  [{}, 'a=1&b=2', 5, 'the form has no field `text`; it has a, b'],
])('what is no command is stopped: %j %s', async (header, body, code, message) => {
  expect(await outcomeOf([entryOf('slack', fields)], call(header, body))).toMatchObject({
    kind: 'stopped',
    by: 'slack',
    at: 0,
    code,
    message,
  });
});

test('a slack interceptor without a secret is warned of', () => {
  const { findings } = compileInterceptors([entryOf('slack', fields)], interceptorWorld());

  expect(findings).toMatchObject([
    {
      severity: 'warning',
      path: [0],
      message: 'no secret is checked, so anybody who knows the address can send commands',
      hint: "give `secretRef` the app's signing secret",
    },
  ]);
});
