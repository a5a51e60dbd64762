import { expect, test } from 'vitest';
import { bitbucketHook } from '../../../eventsources/bitbucket/hooks.ts';
import { GivenSecrets } from '../../../eventsources/called/keep-hooks.ts';
import { ProviderApi } from '../../../eventsources/called/provider-api.ts';
import { TestClock } from '../../support/clock.ts';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';
import { hmac } from '../provider-worlds.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = { webhook, events: ['repo:push'], repositories: [{ owner: 'example', repositorySlug: 'web' }] };
const ok = { status: 200, text: 'success' };

test('what Bitbucket posts is the body, and a repeat is recognised', async () => {
  await using source = await runCalled('bitbucket', entry);
  const headers = { 'x-event-key': 'repo:push', 'x-request-uuid': '1' };

  expect(await source.call({ body: '{"push":{}}', headers })).toEqual(ok);
  expect(await source.call({ body: '{"push":{}}', headers })).toEqual(ok);
  expect(await source.payloads()).toEqual([{ headers: { 'X-Event-Key': ['repo:push'], 'X-Request-Uuid': ['1'] }, body: { push: {} } }]);
});

test('with a secret a call has to be signed', async () => {
  await using source = await runCalled('bitbucket', { ...entry, webhookSecret: secret });

  expect(await source.call({ body: '{}' })).toEqual({ status: 400, text: 'missing signature' });
  expect(await source.call({ body: '{}', headers: { 'x-hub-signature': `sha256=${hmac('sha256', '{}')}` } })).toEqual(ok);
});

test('a webhook that is missing is made, one that differs is changed, and it can be taken away', async () => {
  const url = 'https://hooks.test/hook';
  let there: object[] = [{ uuid: '{other}', url: 'https://x.test', events: [] }];
  await using server = await providerServer((what) =>
    what.startsWith('GET') ? { json: { values: there as never } } : { json: { uuid: '{new}' } },
  );
  await using api = new ProviderApi(
    { base: server.url, headers: async () => ({}) },
    { signal: new AbortController().signal, clock: new TestClock() },
  );
  const hook = bitbucketHook('example/web', { url, events: ['repo:push'] }, api, new GivenSecrets());

  const made = await hook.ensure();
  there = [{ uuid: '{new}', url, events: ['repo:fork'] }];
  const changed = await hook.ensure();
  there = [{ uuid: '{new}', url, events: ['repo:push'] }];
  const found = await hook.ensure();
  await found.remove();

  expect([made.done, changed.done, found.done]).toEqual(['made', 'changed', 'found']);
  const path = '/repositories/example/web/hooks';
  expect(server.said().filter((what) => !what.startsWith('GET'))).toEqual([
    `POST ${path}`,
    `PUT ${path}/%7Bnew%7D`,
    `DELETE ${path}/%7Bnew%7D`,
  ]);
  expect(server.asked[1]!.body).toEqual({ url, events: ['repo:push'] });
});

test.each([
  [{ ...entry, repositories: [] }, 'error : at least one repository is required'],
  [{ ...entry, events: [] }, 'error events: events must be defined to create a bitbucket webhooks'],
  [entry, 'warning : no secret is checked, so anybody who knows the address can post events'],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('bitbucket', spec)).toContain(said);
});
