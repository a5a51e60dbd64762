import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { runCalled } from '../called-source.ts';
import { findingsOf } from '../findings-of.ts';
import { providerServer } from '../provider-server.ts';
import { hmac } from '../provider-worlds.ts';

const webhook = { endpoint: '/hook', port: '12000', method: 'POST' };
const secret = { name: 's', key: 'k' };
const entry = { webhook, events: ['repo:refs_changed'], bitbucketserverBaseURL: 'https://bitbucket.test/rest' };
const ok = { status: 200, text: 'success' };

const change = (name: string, kind = 'BRANCH', type = 'UPDATE') => ({
  ref: { id: `refs/heads/${name}`, displayId: name, type: kind },
  refId: `refs/heads/${name}`,
  toHash: `hash-of-${name}`,
  type,
});
const push = (...changes: object[]) => ({
  body: JSON.stringify({ repository: { slug: 'web', project: { key: 'WEB' } }, changes }),
  headers: { 'x-event-key': 'repo:refs_changed', 'x-request-id': '1' },
});
const changesIn = (payloads: unknown[]) =>
  (payloads as { body: { changes: { ref: { displayId: string } }[] } }[]).map(({ body }) => body.changes.map(({ ref }) => ref.displayId));

test('a push is one event, with all its changes', async () => {
  await using source = await runCalled('bitbucketserver', entry);
  await source.call(push(change('a'), change('b')));

  expect(changesIn(await source.payloads())).toEqual([['a', 'b']]);
});

test('with oneEventPerChange each change is an event of its own, and a repeat of them is recognised', async () => {
  await using source = await runCalled('bitbucketserver', { ...entry, oneEventPerChange: true });
  await source.call(push(change('a'), change('b', 'TAG')));
  await source.call(push(change('a'), change('b', 'TAG')));

  expect(changesIn(await source.payloads())).toEqual([['a'], ['b']]);
});

test('changes of branches with an open pull request are left out, and a push of nothing else is no event', async () => {
  await using api = await providerServer((what) => {
    if (what.includes('hash-of-merged')) return { json: { values: [{ state: 'MERGED', fromRef: { id: 'refs/heads/merged' } }] } };
    if (what.includes('hash-of-other')) return { json: { values: [{ state: 'OPEN', fromRef: { id: 'refs/heads/another' } }] } };
    return what.includes('hash-of-open') ? { json: { values: [{ state: 'OPEN', fromRef: { id: 'refs/heads/open' } }] } } : { status: 500 };
  });
  const spec = { ...entry, bitbucketserverBaseURL: `${api.url}/rest`, accessToken: secret, skipBranchRefsChangedOnOpenPR: true };
  await using source = await runCalled('bitbucketserver', spec);
  await source.call(
    push(change('open'), change('merged'), change('other'), change('unknown'), change('open', 'TAG'), change('open', 'BRANCH', 'DELETE')),
  );
  expect(await source.call(push(change('open')))).toEqual(ok);

  expect(changesIn(await source.payloads())).toEqual([['merged', 'other', 'unknown', 'open', 'open']]);
  expect(api.said()[0]).toBe('GET /rest/api/1.0/projects/WEB/repos/web/commits/hash-of-open/pull-requests');
});

test('the test call of the server is answered and makes no event, all else has to be signed', async () => {
  await using source = await runCalled('bitbucketserver', { ...entry, webhookSecret: secret });

  expect(await source.call({ body: '{"test":true}', headers: { 'x-event-key': 'diagnostics:ping' } })).toEqual(ok);
  expect(await source.call(push(change('a')))).toEqual({ status: 400, text: 'missing signature' });
  const { body, headers } = push(change('a'));
  expect(await source.call({ body, headers: { ...headers, 'x-hub-signature': `sha256=${hmac('sha256', body)}` } })).toEqual(ok);
  expect(await source.events()).toHaveLength(1);
});

test('webhooks are made for named repositories and for all of a project, page by page, and looked after', async () => {
  const there: string[] = [];
  await using api = await providerServer((what, body) => {
    if (what.includes('/repos?'))
      return {
        json: what.includes('start=0')
          ? { values: [{ slug: 'one' }], isLastPage: false, nextPageStart: 1 }
          : { values: [{ slug: 'two' }], isLastPage: true },
      };
    const [, slug] = /repos\/(\w+)\/webhooks/.exec(what)!;
    if (what.startsWith('POST')) {
      there.push(slug!);
      return { json: { id: 3, ...body } };
    }
    const hook = { id: 3, url: 'https://hooks.test/hook', active: true, events: entry.events };
    return { json: { values: there.includes(slug!) ? [hook] : [], isLastPage: true } };
  });
  const spec = {
    ...entry,
    bitbucketserverBaseURL: `${api.url}/rest`,
    accessToken: secret,
    webhookSecret: secret,
    webhook: { ...webhook, url: 'https://hooks.test' },
  };
  await using source = await runCalled('bitbucketserver', {
    ...spec,
    projects: ['WEB'],
    repositories: [{ projectKey: 'API', repositorySlug: 'named' }],
    checkInterval: '30s',
  });
  await eventually(() => source.heard.of('hookRegistered').length === 3);
  there.pop();
  await eventually(async () => {
    await source.clock.turn(30_000);
    return source.heard.of('hookRegistered').length === 4;
  });

  expect(source.heard.of('hookRegistered').map(({ of }) => of)).toEqual(['API/named', 'WEB/one', 'WEB/two', 'WEB/two']);
  const [made] = api.asked.filter(({ what }) => what.startsWith('POST'));
  expect(made).toMatchObject({ what: 'POST /rest/api/1.0/projects/API/repos/named/webhooks', headers: { authorization: 'Bearer secret' } });
  expect(made!.body).toEqual({
    name: 'Sensorium',
    url: 'https://hooks.test/hook',
    active: true,
    events: entry.events,
    configuration: { secret: 'secret' },
  });
});

test.each([
  [{ ...entry, events: [] }, 'error events: events must be defined to create a bitbucket server webhook'],
  [{ ...entry, bitbucketserverBaseURL: undefined }, "error bitbucketserverBaseURL: bitbucket server base url can't be empty"],
  [{ ...entry, checkInterval: '1d' }, 'error checkInterval: failed to parse webhook check interval duration: time: invalid duration "1d"'],
  [
    { ...entry, tls: {} },
    'error tls: invalid tls config, please configure either caCertSecret, or clientCertSecret and clientKeySecret, or both',
  ],
])('of %o it is said: %s', (spec, said) => {
  expect(findingsOf('bitbucketserver', spec)).toContain(said);
});
