import { expect, test } from 'vitest';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = { webhook, projects: ['example/web'], events: ['change-merged'], gerritBaseURL: 'https://gerrit.test' };

test('what Gerrit posts is the body, and a repeat is recognised by its time', async () => {
  await using source = await runCalled('gerrit', entry);
  for (const body of ['{"type":"x","eventCreatedOn":1}', '{"type":"x","eventCreatedOn":1}', '{"type":"x"}', '{"type":"x"}'])
    await source.call({ body });

  expect((await source.payloads()).map((one) => (one as { body: unknown }).body)).toEqual([
    { type: 'x', eventCreatedOn: 1 },
    { type: 'x' },
    { type: 'x' },
  ]);
});

test('a webhook is put into each project, and taken away at the end', async () => {
  await using api = await providerServer((what) =>
    what.startsWith('GET') ? { text: ')]}\'\n{"other":{"url":"x"}}' } : { text: ")]}'\n{}" },
  );
  const made = {
    ...entry,
    webhook: { ...webhook, url: 'https://hooks.test' },
    gerritBaseURL: api.url,
    auth: { username: secret, password: secret },
  };
  await using source = await runCalled('gerrit', { ...made, hookName: 'mine', sslVerify: true, maxTries: 3, deleteHookOnFinish: true });
  expect(await source.heard.seen('hookRegistered')).toMatchObject({ of: 'example/web', done: 'made' });
  await source.stop();

  const path = '/a/config/server/webhooks~projects/example%2Fweb/remotes/';
  expect(api.said()).toEqual([`GET ${path}`, `PUT ${path}mine`, `DELETE ${path}mine`]);
  expect(api.asked[1]).toMatchObject({
    body: { url: 'https://hooks.test/hook', events: ['change-merged'], sslVerify: true, maxTries: 3 },
    headers: { authorization: `Basic ${Buffer.from('secret:secret').toString('base64')}` },
  });
});

test.each([
  [{ ...entry, projects: undefined }, 'error projects: projects cannot be empty'],
  [{ ...entry, events: [] }, "error events: events can't be empty"],
  [{ ...entry, gerritBaseURL: '' }, "error gerritBaseURL: gerrit base url can't be empty"],
  [{ ...entry, auth: { username: secret } }, "error auth: username and password can't be empty"],
  [entry, 'warning : no secret is checked, so anybody who knows the address can post events'],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('gerrit', spec)).toContain(said);
});
