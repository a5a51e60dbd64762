import { execFile } from 'node:child_process';
import type { lookup } from 'node:dns';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { wayTo } from '../../../../sensors/triggers/artifacts/git-way.ts';
import { loadArtifact } from '../../../../sensors/triggers/artifacts/index.ts';
import { serve } from '../../../support/http-server.ts';
import { accessSecret, secretKey } from '../../../support/secrets.ts';
import { triggerContext } from './context.ts';
import { gitServer, repository } from './git-server.ts';

const git = (url: string) => ({ git: { url, filePath: 'pod.yaml' } }) as never;
const why = 'is where a cloud tells the credentials of its machines, and no rule goes there';

const never = AbortSignal.any([]);

/** Names and their addresses; any other name is not known. */
const dns = (names: Record<string, string[]>) =>
  ((name: string, _options: object, done: (error: Error | null, found?: object) => void) => {
    const found = names[name];
    if (found)
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    else done(new Error(`getaddrinfo ENOTFOUND ${name}`));
  }) as typeof lookup;

test.each([
  ['http://169.254.169.254/a.git', '169.254.169.254'],
  ['https://me:secret@169.254.169.254/a.git', '169.254.169.254'],
  ['http://[fd00:ec2::254]/a.git', 'fd00:ec2::254'],
  ['http://0xa9.0376.0xa9fe/a.git', '169.254.169.254'],
  ['http://[::ffff:169.254.169.254]/a.git', '::ffff:a9fe:a9fe'],
])('no repository comes from %s', async (url, address) => {
  const shown = new URL(url).href.replace('me:secret@', '');

  await expect(loadArtifact(git(url), triggerContext())).rejects.toMatchObject({
    code: 'CONFIG_FILE_MISSING',
    message: `cannot read pod.yaml of ${shown}: ${address} ${why}`,
    retry: 'never',
  });
});

test.each([
  ['metadata.google.internal', ['169.254.169.254']],
  ['my.own.name', ['192.0.2.1', 'fd00:ec2::254']],
])('nor by the name %s', async (name, addresses) => {
  await expect(wayTo(`https://${name}/a.git`, 'a', never, dns({ [name]: addresses }))).rejects.toMatchObject({
    code: 'CONFIG_FILE_MISSING',
    message: `cannot read a: ${addresses.at(-1)} ${why}`,
    retry: 'never',
  });
});

test.each([
  ['there', () => 'http://169.254.169.254/a', `169.254.169.254 ${why}`, 'never'],
  ['to no server', () => 'http://127.0.0.1:1/a', 'connect ECONNREFUSED 127.0.0.1:1', 'backoff'],
  ['in a circle', (host: string) => `http://${host}/a/info/refs?service=git-upload-pack`, 'its redirections lead in a circle', 'backoff'],
])('nor by a server that leads %s', async (_, location, reason, retry) => {
  await using server = await serve((_request, response) => response.writeHead(302, { location: location(server.host) }).end());

  const thrown = await loadArtifact(git(`http://${server.host}/a`), triggerContext()).catch((error) => error);
  expect(thrown).toMatchObject({ code: 'CONFIG_FILE_MISSING', retry });
  expect(thrown.message).toContain(`cannot read pod.yaml of http://${server.host}/a: the server leads to another place: `);
  expect(thrown.message).toContain(reason);
});

test('a server that leads to a page without a repository', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/sign-in') response.end('who are you?');
    else response.writeHead(302, { location: '/sign-in' }).end();
  });

  await expect(loadArtifact(git(`http://${server.host}/a`), triggerContext())).rejects.toMatchObject({
    message: `cannot read pod.yaml of http://${server.host}/a: the server leads to another place`,
    hint: 'write the URL of that place',
  });
});

describe('a repository that was moved', () => {
  /** A bare one at `/project.git`. */
  function moved() {
    const repo = repository();
    repo.commit({ 'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: first}\n' });
    repo.git('clone', '--quiet', '--bare', '.', `${repo.folder}/project.git`);
    return repo;
  }
  const first = { metadata: { name: 'first' } };

  test('on its server is read there, with the user and password of the URL or of a Secret', async () => {
    using repo = moved();
    await using server = await gitServer(repo.folder, 'me', 'password', (path) =>
      path.startsWith('/project/') ? path.replace('/project/', '/project.git/') : undefined,
    );
    for (const project of ['project', 'project/'])
      expect(await loadArtifact(git(`${server.url.replace('//', '//me:password@')}${project}`), triggerContext())).toMatchObject(first);
    expect(server.calls).toContain('GET /project/info/refs?service=git-upload-pack');

    const context = triggerContext();
    context.kube.put(accessSecret({ user: 'me', password: 'password' }));
    const creds = { username: secretKey('user'), password: secretKey('password') };
    const spec = { git: { url: `${server.url}project`, filePath: 'pod.yaml', creds } } as never;
    expect(await loadArtifact(spec, context)).toMatchObject(first);
  });

  /** Leads from `/project` to a server of another name. */
  async function movedTo(other: { url: string }) {
    const seen: unknown[] = [];
    const server = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const location = `http://localhost:${new URL(other.url).port}${request.url!.replace('/project/', '/project.git/')}`;
      response.writeHead(301, { location }).end();
    });
    return { ...server, seen, url: `http://me:password@${server.host}/project` };
  }

  test('to another server is read there', async () => {
    using repo = moved();
    await using other = await gitServer(repo.folder);
    await using server = await movedTo(other);

    expect(await loadArtifact(git(server.url), triggerContext())).toMatchObject(first);
    expect(server.seen).toContain('Basic bWU6cGFzc3dvcmQ=');
    expect(other.shown).toEqual(new Set([undefined]));
  });

  test('to another server that wants to know who we are is not told so', async () => {
    using repo = moved();
    await using other = await gitServer(repo.folder, 'me', 'password');
    await using server = await movedTo(other);
    const context = triggerContext();
    context.kube.put(accessSecret({ user: 'me', password: 'password' }));
    const creds = { username: secretKey('user'), password: secretKey('password') };

    for (const spec of [{ url: server.url }, { url: server.url.replace('me:password@', ''), creds }])
      await expect(loadArtifact({ git: { filePath: 'pod.yaml', ...spec } } as never, context)).rejects.toThrow('Authentication failed');
    expect(other.shown).toEqual(new Set([undefined]));
  });
});

test('git goes to the addresses that were looked at, and reads the URL as we do', async () => {
  const find = dns({ 'git.example': ['192.0.2.1', '2001:db8::1'], 'good.example': ['192.0.2.2'] });
  const stays = ['-c', 'http.followRedirects=false'];
  const pinned = (to: string) => [...stays, '-c', `http.curloptResolve=${to}`];

  expect(await wayTo('https://git.example/a.git', 'a', never, find)).toEqual({
    url: 'https://git.example/a.git',
    config: pinned('git.example:443:192.0.2.1,[2001:db8::1]'),
  });
  expect(await wayTo('http://git.example:8080/a', 'a', never, find)).toMatchObject({
    config: pinned('git.example:8080:192.0.2.1,[2001:db8::1]'),
  });
  // To other readers of URLs the host of this one is the address.
  expect(await wayTo('http://good.example\\@169.254.169.254/', 'a', never, find)).toEqual({
    url: 'http://good.example/@169.254.169.254/',
    config: pinned('good.example:80:192.0.2.2'),
  });
  expect(await wayTo('https://behind.proxy/a.git', 'a', never, find)).toEqual({ url: 'https://behind.proxy/a.git', config: stays });
  for (const url of ['http://[2001:db8::1]/a.git', 'http://192.0.2.1/a.git'])
    expect(await wayTo(url, 'a', never, find)).toEqual({ url, config: stays });
  expect(await wayTo('git@git.example:a.git', 'a', never, find)).toEqual({ url: 'git@git.example:a.git', config: [] });
  await expect(wayTo('http://[/a.git', 'a', never, find)).rejects.toThrow('cannot read a: it is no http or https URL');
});

test('a look-up that does not end is not waited for when the signal aborts', async () => {
  const stop = new AbortController();
  const looking = wayTo('https://git.example/a.git', 'a', stop.signal, (() => {}) as unknown as typeof lookup);
  stop.abort();

  expect((await looking).config).toEqual(['-c', 'http.followRedirects=false']);
});

test('git obeys: with a name that only we know it comes to the server', async () => {
  using repo = repository();
  const commit = repo.commit({ 'pod.yaml': 'apiVersion: v1' });
  await using server = await gitServer(repo.folder, 'me', 'password');
  const { port } = new URL(server.url);
  const way = await wayTo(`http://me:password@git.example:${port}/.git`, 'a', never, dns({ 'git.example': ['127.0.0.1'] }));

  const { stdout } = await promisify(execFile)('git', [...way.config, 'ls-remote', '--', way.url, 'refs/heads/master']);

  expect(stdout).toBe(`${commit}\trefs/heads/master\n`);
});
