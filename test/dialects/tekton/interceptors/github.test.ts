import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { decideChain } from '../../../../src/dialects/tekton/interceptors/chain.ts';
import { compileInterceptors } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import { entryOf, interceptorWorld, outcomeOf, requestOf, secretRef } from './world.ts';

/** What GitHub sends, by the kind of event. */
const samples: { name: string; examples: object[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples');

const secret = 'open sesame';
const secrets = { token: secret };
const signed = { secretRef: secretRef('token') };

const signature = (body: string | Uint8Array, algorithm = 'sha256', key = secret): string =>
  `${algorithm}=${createHmac(algorithm, key).update(body).digest('hex')}`;

const push = (body: string, header: Record<string, string> = {}) =>
  requestOf({
    header: { 'Content-Type': 'application/json', 'X-Github-Event': 'push', 'X-Hub-Signature-256': signature(body), ...header },
    body,
  });

test('every sample payload of GitHub passes with its signature, and none with that of another secret', async () => {
  const deliveries = samples.flatMap(({ name, examples }) => examples.map((payload) => ({ name, body: JSON.stringify(payload) })));
  const outcome = async (key: string) => {
    const outcomes = deliveries.map(({ name, body }) =>
      outcomeOf(
        [entryOf('github', { ...signed, eventTypes: [name] })],
        push(body, { 'X-Github-Event': name, 'X-Hub-Signature-256': signature(body, 'sha256', key) }),
        { secrets },
      ),
    );
    return (await Promise.all(outcomes)).map(({ kind }) => kind);
  };

  expect(deliveries.length).toBeGreaterThan(300);
  expect(new Set(await outcome(secret))).toEqual(new Set(['passed']));
  expect(new Set(await outcome('open barley'))).toEqual(new Set(['stopped']));
});

test('the signature is over the bytes that were sent, whatever they are', async () => {
  const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
  const header = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature(bytes) };

  const outcome = await outcomeOf([entryOf('github', signed)], requestOf({ header, body: bytes.toString(), bytes }), { secrets });

  expect(outcome.kind).toBe('passed');
});

test.each([
  [
    'another secret',
    signature('{}', 'sha256', 'x'),
    'the signature in X-Hub-Signature-256 is not that of this body with the secret access.token: one of the two is another',
  ],
  ['text that is none', 'foo', 'the signature in X-Hub-Signature-256 is `foo`, and not sha256= with hexadecimal digits'],
  ['an unknown algorithm', 'md5=00', 'the signature in X-Hub-Signature-256 is `md5=00`, and not sha256= with hexadecimal digits'],
  ['half a digit', 'sha256=123', 'the signature in X-Hub-Signature-256 is `sha256=123`, and not sha256= with hexadecimal digits'],
  [
    'SHA-1',
    signature('{}', 'sha1'),
    'the signature in X-Hub-Signature-256 is made with SHA-1, which can be forged; `allowSha1: true` takes it all the same',
  ],
  ['nothing', '', 'there is no header X-Hub-Signature-256, so nobody knows who has sent this'],
])('a call that is signed with %s is stopped', async (_, sent, message) => {
  const outcome = await outcomeOf([entryOf('github', signed)], push('{}', { 'X-Hub-Signature-256': sent }), { secrets });

  expect(outcome).toMatchObject({ kind: 'stopped', by: 'github', at: 0, code: 9, message });
});

test('SHA-1 is taken where that is allowed, and is compared', async () => {
  const outcome = (key: string) =>
    outcomeOf([entryOf('github', { ...signed, allowSha1: true })], push('{}', { 'X-Hub-Signature-256': signature('{}', 'sha1', key) }), {
      secrets,
    });

  expect((await outcome(secret)).kind).toBe('passed');
  expect((await outcome('x')).kind).toBe('stopped');
});

test.each([
  [['push', 'pull_request'], 'issues', 'X-Github-Event is `issues`, and only `push`, `pull_request` is let through'],
  [['push'], '', 'there is no header X-Github-Event, and only `push` is let through'],
  [[], 'push', 'X-Github-Event is `push`, and eventTypes lets none through'],
])('an event of another kind is stopped without anybody being asked: %j, %s', (eventTypes, event, message) => {
  const { interceptors } = compileInterceptors([entryOf('github', { ...signed, eventTypes })], interceptorWorld());

  const decided = decideChain(interceptors, push('{}', { 'X-Github-Event': event }));

  expect(decided).toMatchObject({ kind: 'stopped', by: 'github', at: 0, code: 9, message });
});

test('a form is refused, with what to do about it', async () => {
  const outcome = await outcomeOf([entryOf('github')], push('payload=%7B%7D', { 'Content-Type': 'application/x-www-form-urlencoded' }));

  expect(outcome).toMatchObject({
    code: 3,
    message:
      'Content-Type is `application/x-www-form-urlencoded`, and JSON is wanted: set the content type of the hook to application/json',
  });
});

test.each([
  [
    'that is not there',
    { secretRef: { secretName: 'gone', secretKey: 'token' } },
    'Secret playground/gone has no readable key "token": it does not exist',
  ],
  ['without the key', { secretRef: secretRef('other') }, 'Secret playground/access has no readable key "other": its keys are token, empty'],
  ['that is empty', { secretRef: secretRef('empty') }, 'Secret playground/access has no readable key "empty": it is empty'],
])('a Secret %s lets nobody in, and is asked for again', async (_, params, message) => {
  const outcome = outcomeOf([entryOf('github', params)], push('{}'), { secrets: { ...secrets, empty: '' } });

  await expect(outcome).rejects.toMatchObject({ code: 'CONFIG_SECRET', message, retry: 'backoff' });
});

test('params that cannot be read stop every call, and are said at their place', async () => {
  const entry = entryOf('github', { secretref: secretRef('token'), eventTypes: 'push', colour: 1, addChangedFiles: null });
  const { interceptors, findings } = compileInterceptors([entry], interceptorWorld());

  expect(findings.map(({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`)).toEqual([
    'warning 0.params.2.name: unknown field "colour" is ignored',
    'error 0.params.1.value: eventTypes must be a list, not the text "push"',
  ]);
  expect(decideChain(interceptors, push('{}'))).toMatchObject({
    code: 3,
    message: 'its params cannot be read: eventTypes must be a list, not the text "push"',
  });
});

test.each([
  [{ secretName: 'access' }, 'secretRef has no secretKey'],
  [{ secretKey: 'token' }, 'secretRef has no secretName'],
])('a reference that names no key of a Secret stops every call, and is warned of: %j', (ref, message) => {
  const { interceptors, findings } = compileInterceptors([entryOf('github', { secretRef: ref })], interceptorWorld());

  expect(findings).toMatchObject([{ severity: 'warning', path: [0, 'params'], message: `${message}, so every call is stopped` }]);
  expect(decideChain(interceptors, push('{}'))).toMatchObject({ kind: 'stopped', code: 9, message });
});
