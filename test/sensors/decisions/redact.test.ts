import { expect, test } from 'vitest';
import { redacted, redactedText, secretsIn } from '../../../sensors/decisions/redact.ts';

test('the values of a Secret are hidden wherever the object stands, its keys and the rest stay', () => {
  const secret = {
    kind: 'Secret',
    metadata: { name: 'db', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"aHVudGVyMg=="}}' } },
    data: { password: 'aHVudGVyMg==' },
    stringData: { pin: '12' },
  };

  expect(redacted({ body: secret, list: [secret] }, new Set())).toEqual({
    body: {
      kind: 'Secret',
      metadata: { name: 'db', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '<hidden>' } },
      data: { password: '<hidden>' },
      stringData: { pin: '<hidden>' },
    },
    list: [expect.objectContaining({ data: { password: '<hidden>' } })],
  });
});

test('an object of the resource secrets is one, also where it does not say its kind', () => {
  const payload = { group: '', resource: 'secrets', body: { data: { token: 'YWJj' } }, oldBody: { data: { token: 'eHl6' } } };

  expect(redacted(payload, new Set())).toEqual({
    group: '',
    resource: 'secrets',
    body: { data: { token: '<hidden>' } },
    oldBody: { data: { token: '<hidden>' } },
  });
});

test.each([
  'Authorization',
  'proxy-authorization',
  'Cookie',
  'Set-Cookie',
  'X-Api-Key',
  'password',
  'db_password',
  'passphrase',
  'secret',
  'clientSecret',
  'private_key',
  'accessToken',
  'X-Gitlab-Token',
  'X-Hub-Signature-256',
])('what stands under %s is hidden', (name) => {
  expect(redacted({ [name]: ['abc'], other: 'abc' }, new Set())).toEqual({ [name]: ['<hidden>'], other: 'abc' });
});

test.each(['author', 'tokens', 'secretName', 'cookieless', 'key', 'keyboard', 'name'])('what stands under %s is not', (name) => {
  expect(redacted({ [name]: 'abc' }, new Set())).toEqual({ [name]: 'abc' });
});

test('a secret value is hidden in other texts, too: as it is, decoded, and without the word before it', () => {
  const secrets = secretsIn([{ kind: 'Secret', data: { password: 'aHVudGVyMg==' } }, { header: { Authorization: ['Bearer t0ps3cret'] } }]);

  expect(redactedText('body.x is "hunter2", not aHVudGVyMg==; sent t0ps3cret', secrets)).toBe(
    'body.x is "<hidden>", not <hidden>; sent <hidden>',
  );
});

test('the user and password of a URL are hidden', () => {
  expect(redactedText('cannot reach https://ann:pw@host/path and nats://x@y', new Set())).toBe(
    'cannot reach https://<hidden>@host/path and nats://<hidden>@y',
  );
});

test('numbers that are secret are hidden, and what is not set stays so', () => {
  expect(redacted({ password: 123456, token: null, secret: false }, new Set())).toEqual({
    password: '<hidden>',
    token: null,
    secret: false,
  });
});

test('a secret in a text that is JSON is hidden there, too', () => {
  const payload = { header: { 'X-Team': ['web'] }, body: '{"user": "ada", "password": "hunter22"}', other: '{"password"' };

  expect(redacted(payload, secretsIn([payload]))).toEqual({ ...payload, body: '{"user": "ada", "password": "<hidden>"}' });
});
