import { expect, test } from 'vitest';
import { decideChain } from '../../../../src/dialects/tekton/interceptors/chain.ts';
import { compileInterceptors } from '../../../../src/dialects/tekton/interceptors/compile.ts';
import type { InterceptorRequest } from '../../../../src/dialects/tekton/interceptors/interceptor.ts';
import { type Receiver, startReceiver } from '../../../support/receiver.ts';
import { entryOf, interceptorWorld, outcomeOf, requestOf, secretRef } from './world.ts';

type Page = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** GitHub's API as a table of answers, by path and query. */
const github = (pages: Readonly<Record<string, Page>>): Promise<Receiver> =>
  startReceiver(({ path }, response) => {
    const page = pages[path.replace('per_page=100&', '')] ?? { status: 404, body: { message: 'Not Found' } };
    response.writeHead(page.status ?? 200, page.headers).end(JSON.stringify(page.body));
  });

const token = { personalAccessToken: secretRef('pat') };
const secrets = { pat: 'ghp_secret' };
const repository = { full_name: 'octo/app' };

const event = (type: string, body: object, header: Record<string, string> = {}): InterceptorRequest =>
  requestOf({ header: { 'X-Github-Event': type, ...header }, body: JSON.stringify({ repository, ...body }) });
const pullRequest = (login: string) => event('pull_request', { number: 7, sender: { login } });
const comment = (login: string, body: string) => event('issue_comment', { issue: { number: 7 }, comment: { body }, sender: { login } });

const ask = (params: object, request: InterceptorRequest, { url }: Receiver) =>
  outcomeOf([entryOf('github', params as Record<string, unknown>)], request, { secrets, world: { githubApi: url } });

test('the changed files of a pull request come from all pages, asked with the token', async () => {
  await using api = await github({
    '/repos/octo/app/pulls/7/files?page=1': {
      headers: { link: '<https://api.github.com/x?page=2>; rel="next"' },
      body: [{ filename: 'a.go' }],
    },
    '/repos/octo/app/pulls/7/files?page=2': { body: [{ filename: 'b, c.go' }, { filename: 'd.go' }] },
  });

  const outcome = await ask({ addChangedFiles: { enabled: true, ...token } }, pullRequest('mona'), api);

  expect(outcome).toMatchObject({ kind: 'passed', extensions: { changed_files: 'a.go,b, c.go,d.go' } });
  expect(api.received.map(({ headers }) => headers['Authorization'])).toEqual(['Bearer ghp_secret', 'Bearer ghp_secret']);
});

test('the changed files of a push stand in it, so nobody is asked', () => {
  const { interceptors } = compileInterceptors([entryOf('github', { addChangedFiles: { enabled: true } })], interceptorWorld());
  const commits = [
    { added: ['a'], modified: ['b'], removed: ['c'] },
    { added: [], modified: ['a'], removed: [] },
  ];

  expect(decideChain(interceptors, event('push', { commits }))).toMatchObject({ kind: 'passed', extensions: { changed_files: 'a,b,c,a' } });
  expect(decideChain(interceptors, event('push', { commits: [{ added: [], modified: [] }] }))).toMatchObject({
    kind: 'stopped',
    message: 'body.commits[0].removed is missing',
  });
});

test.each([
  [503, {}, 'REMOTE_RECEIVER', 'backoff'],
  [401, {}, 'REMOTE_RECEIVER_AUTH', 'backoff'],
  [403, {}, 'REMOTE_RECEIVER_AUTH', 'backoff'],
  [403, { 'retry-after': '30' }, 'REMOTE_RECEIVER', { after: 30_000 }],
  [429, { 'retry-after': '5' }, 'REMOTE_RECEIVER', { after: 5_000 }],
])('when GitHub says %d %j, the event is kept and tried again', async (status, headers, code, retry) => {
  await using api = await github({ '/repos/octo/app/pulls/7/files?page=1': { status, headers, body: { message: 'no' } } });

  await expect(ask({ addChangedFiles: { enabled: true, ...token } }, pullRequest('mona'), api)).rejects.toMatchObject({
    code,
    retry,
    message: expect.stringContaining(`GET /repos/octo/app/pulls/7/files is answered with ${status}: {"message":"no"}`),
  });
});

const owners = (text: string): Record<string, Page> => ({
  '/repos/octo/app/contents/OWNERS': { body: { encoding: 'base64', content: Buffer.from(text).toString('base64') } },
});

test.each([
  ['none', 'mona', 'passed'],
  ['none', 'MONA', 'passed'],
  ['none', 'hubot', 'passed'],
  ['none', 'member', 'stopped'],
  ['orgMembers', 'member', 'passed'],
  ['orgMembers', 'late', 'passed'],
  ['orgMembers', 'collaborator', 'stopped'],
  ['repoMembers', 'collaborator', 'passed'],
  ['repoMembers', 'member', 'stopped'],
  ['all', 'member', 'passed'],
  ['all', 'collaborator', 'passed'],
  ['all', 'stranger', 'stopped'],
])('with checkType %s a pull request of %s is %s', async (checkType, login, kind) => {
  await using api = await github({
    ...owners('approvers:\r\n- mona\r\nreviewers: [hubot]\r\n'),
    '/orgs/octo/public_members?page=1': { headers: { link: '<x>; rel="next"' }, body: [{ login: 'member' }] },
    '/orgs/octo/public_members?page=2': { body: [{ login: 'late' }] },
    '/repos/octo/app/collaborators?page=1': { body: [{ login: 'collaborator' }] },
  });

  const outcome = await ask({ githubOwners: { enabled: true, checkType, ...token } }, pullRequest(login), api);

  expect(outcome.kind).toBe(kind);
  if (kind === 'stopped') expect(outcome).toMatchObject({ message: `body.sender.login is \`${login}\`, and that is no owner of octo/app` });
});

test.each([
  ['/ok-to-test', 'passed'],
  ['thanks\r\n/ok-to-test\r\nbye', 'passed'],
  ['please /ok-to-test', 'stopped'],
  ['/ok-to-test ', 'stopped'],
])('a comment %j of an owner is %s', async (body, kind) => {
  await using api = await github(owners('approvers: [mona]'));
  const params = { githubOwners: { enabled: true, checkType: 'none' } };

  expect((await ask(params, comment('mona', body), api)).kind).toBe(kind);
  expect((await ask(params, comment('stranger', body), api)).kind).toBe('stopped');
});

test('owners are checked where changed files are added too', async () => {
  await using api = await github({ ...owners('approvers: [mona]'), '/repos/octo/app/pulls/7/files?page=1': { body: [{ filename: 'a' }] } });
  const params = { addChangedFiles: { enabled: true }, githubOwners: { enabled: true, checkType: 'none' } };

  expect(await ask(params, pullRequest('mona'), api)).toMatchObject({ kind: 'passed', extensions: { changed_files: 'a' } });
  expect(await ask(params, pullRequest('stranger'), api)).toMatchObject({ kind: 'stopped' });
});

test.each([
  ['', []],
  ['just text', []],
  ['approvers: mona', []],
  ['approvers: [', []],
])('an OWNERS file %j names nobody', async (text) => {
  await using api = await github(owners(text));

  expect((await ask({ githubOwners: { enabled: true, checkType: 'none' } }, pullRequest('mona'), api)).kind).toBe('stopped');
});

test('a server that a call names is not sent our token unless it is listed', async () => {
  await using api = await github({});
  const request = event('pull_request', { number: 7, sender: { login: 'mona' } }, { 'X-Github-Enterprise-Host': 'ghe.example.com' });

  expect(await ask({ addChangedFiles: { enabled: true, ...token } }, request, api)).toMatchObject({
    kind: 'stopped',
    message: 'X-Github-Enterprise-Host is `ghe.example.com`, and that server is not among enterpriseHosts',
  });
});

test.each([
  [{ repository: { full_name: 'octo' } }, 'body.repository.full_name is `octo`, and no OWNER/NAME'],
  [{ repository: { full_name: '../orgs' } }, 'body.repository.full_name is `../orgs`, and no OWNER/NAME'],
  [{ repository: null }, 'body.repository.full_name is missing'],
  [{ number: 'seven' }, 'body.number is no number'],
  [{ number: undefined }, 'body.number is missing'],
  [{ sender: null }, 'body.sender.login is missing'],
])('a payload that lacks something is stopped before anybody is asked: %j', (body, message) => {
  const params = { githubOwners: { enabled: true, checkType: 'none', ...token } };
  const { interceptors } = compileInterceptors([entryOf('github', params)], interceptorWorld());

  expect(decideChain(interceptors, event('pull_request', { number: 7, sender: { login: 'mona' }, ...body }))).toMatchObject({
    kind: 'stopped',
    message,
  });
});

test('members cannot be asked for without a token', () => {
  const { interceptors, findings } = compileInterceptors(
    [entryOf('github', { githubOwners: { enabled: true, checkType: 'members' } })],
    interceptorWorld(),
  );

  expect(decideChain(interceptors, pullRequest('mona'))).toMatchObject({
    message: 'checkType is `members`, and without a personalAccessToken nobody tells us who is a member',
  });
  expect(findings).toMatchObject([
    {
      message: 'githubOwners.checkType is "members", and not one of orgMembers, repoMembers, all, none: only the file OWNERS is looked at',
    },
  ]);
});
