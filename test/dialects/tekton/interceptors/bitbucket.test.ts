import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { entryOf, outcomeOf, requestOf, secretRef } from './world.ts';

const body = '{"repository":{"slug":"app"}}';
const entries = [entryOf('bitbucket', { secretRef: secretRef('token'), eventTypes: ['repo:refs_changed'] })];
const secrets = { token: 's3cret' };
const signature = (key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

const outcome = (header: Record<string, string>) =>
  outcomeOf(entries, requestOf({ header: { 'X-Event-Key': 'repo:refs_changed', ...header }, body }), { secrets });

test('a call with its signature passes', async () => {
  expect(await outcome({ 'X-Hub-Signature': signature('s3cret') })).toMatchObject({ kind: 'passed', extensions: {} });
});

test.each([
  [
    { 'X-Hub-Signature': signature('other') },
    9,
    'the signature in X-Hub-Signature is not that of this body with the secret access.token: one of the two is another',
  ],
  [{}, 3, 'there is no header X-Hub-Signature, so nobody knows who has sent this'],
  [{ 'X-Event-Key': 'pr:opened' }, 9, 'X-Event-Key is `pr:opened`, and only `repo:refs_changed` is let through'],
])('a call with %j is stopped', async (header, code, message) => {
  expect(await outcome(header)).toMatchObject({ kind: 'stopped', by: 'bitbucket', at: 0, code, message });
});
