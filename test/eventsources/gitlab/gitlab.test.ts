import { expect, test } from 'vitest';
import { gitlabEvents, gitlabField } from '../../../eventsources/gitlab/events.ts';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = { webhook, events: ['PushEvents', 'TagPushEvents'], gitlabBaseURL: 'https://gitlab.test', accessToken: secret };
const ok = { status: 200, text: 'success' };

test('what GitLab posts is the body, and its headers are there', async () => {
  await using source = await runCalled('gitlab', entry);

  expect(
    await source.call({ body: '{"object_kind":"push"}', headers: { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 'seen' } }),
  ).toEqual(ok);
  expect(await source.payloads()).toEqual([
    { headers: { 'X-Gitlab-Event': ['Push Hook'], 'X-Gitlab-Token': ['seen'] }, body: { object_kind: 'push' } },
  ]);
});

test('a secret token is asked for also where the webhooks were made by hand, and is hidden', async () => {
  await using source = await runCalled('gitlab', { ...entry, secretToken: secret });
  const status = async (headers: Record<string, string>) => source.call({ body: '{}', headers });

  expect(await status({})).toEqual({ status: 400, text: 'token mismatch' });
  expect(await status({ 'x-gitlab-token': 'secre' })).toEqual({ status: 400, text: 'token mismatch' });
  expect(await status({ 'x-gitlab-token': 'secret' })).toEqual(ok);
  expect(await source.payloads()).toEqual([{ headers: { 'X-Gitlab-Token': ['*** Masked Auth Secret ***'] }, body: {} }]);
});

test('webhooks are made of projects and groups, with every other event switched off', async () => {
  await using api = await providerServer((what) => (what.startsWith('GET') ? { json: [] } : { json: { id: 5 } }));
  const made = { ...entry, webhook: { ...webhook, url: 'https://hooks.test' }, gitlabBaseURL: api.url, secretToken: secret };
  await using source = await runCalled('gitlab', { ...made, projects: ['example/web'], groups: ['team'], deleteHookOnFinish: true });
  await source.heard.seen('hookRegistered', ({ of }) => of === 'groups/team');
  await source.stop();

  expect(api.said()).toEqual([
    'GET /api/v4/projects/example%2Fweb/hooks?per_page=100',
    'POST /api/v4/projects/example%2Fweb/hooks',
    'GET /api/v4/groups/team/hooks?per_page=100',
    'POST /api/v4/groups/team/hooks',
    expect.stringMatching(/^DELETE .*\/hooks\/5$/),
    expect.stringMatching(/^DELETE .*\/hooks\/5$/),
  ]);
  expect(api.asked[1]!.headers['private-token']).toBe('secret');
  expect(api.asked[1]!.body).toMatchObject({
    url: 'https://hooks.test/hook',
    token: 'secret',
    enable_ssl_verification: false,
    push_events: true,
    tag_push_events: true,
    merge_requests_events: false,
  });
});

test('a webhook that differs is changed, one that is right is left as it is', async () => {
  const right = Object.fromEntries(gitlabEvents.map((event) => [gitlabField(event), entry.events.includes(event)]));
  const hook = { id: 5, url: 'https://hooks.test/hook', enable_ssl_verification: false, ...right };
  await using api = await providerServer((what) => {
    if (!what.startsWith('GET')) return { json: {} };
    return { json: [what.includes('right') ? hook : { ...hook, push_events: false }] };
  });
  const made = { ...entry, webhook: { ...webhook, url: 'https://hooks.test' }, gitlabBaseURL: api.url, projects: ['right', 'wrong'] };
  await using source = await runCalled('gitlab', made);
  await source.heard.seen('hookRegistered');

  expect(api.said().filter((what) => !what.startsWith('GET'))).toEqual(['PUT /api/v4/projects/wrong/hooks/5']);
});

test.each([
  ['PushEvents', 'push_events'],
  ['MergeRequestsEvents', 'merge_requests_events'],
  ['SubGroupEvents', 'subgroup_events'],
  ['WikiPageEvents', 'wiki_page_events'],
])('%s is GitLab’s %s', (event, field) => {
  expect(gitlabField(event)).toBe(field);
});

test.each([
  [{ ...entry, events: [] }, "error events: events can't be empty"],
  [{ ...entry, events: undefined }, "error events: events can't be empty"],
  [{ ...entry, gitlabBaseURL: '' }, "error gitlabBaseURL: gitlab base url can't be empty"],
  [{ ...entry, accessToken: undefined }, "error accessToken: access token can't be nil"],
  [{ ...entry, events: ['PushEvent'] }, 'warning events.0: GitLab has no PushEvent, so no webhook sends it'],
  [entry, 'warning : no secret is checked, so anybody who knows the address can post events'],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('gitlab', spec)).toContain(said);
});
