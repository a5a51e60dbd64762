import { execFile } from 'node:child_process';
import type { lookup } from 'node:dns';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { wayTo } from '../../../../sensors/triggers/artifacts/git-way.ts';
import { loadArtifact } from '../../../../sensors/triggers/artifacts/index.ts';
import { serve } from '../../../support/http-server.ts';
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

test('nor by a server that leads there, or anywhere else', async () => {
  const led: string[] = [];
  await using other = await serve((request, response) => {
    led.push(request.url!);
    response.end();
  });
  await using server = await serve((request, response) => {
    const location = `http://${other.host}${request.url}`;
    response.writeHead(302, { location }).end();
  });

  await expect(loadArtifact(git(`http://${server.host}/a`), triggerContext())).rejects.toMatchObject({
    message: `cannot read pod.yaml of http://${server.host}/a: the server leads to another place`,
    hint: 'write the URL of that place',
  });
  expect(led).toEqual([]);
});

test('a project that leads to its repository is read from there', async () => {
  using repo = repository();
  repo.commit({ 'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: first}\n' });
  repo.git('clone', '--quiet', '--bare', '.', `${repo.folder}/project.git`);
  await using server = await gitServer(repo.folder, 'me', 'password', (path) =>
    path.startsWith('/project/') ? path.replace('/project/', '/project.git/') : undefined,
  );
  const url = server.url.replace('//', '//me:password@');

  for (const project of ['project', 'project/'])
    expect(await loadArtifact(git(`${url}${project}`), triggerContext())).toMatchObject({ metadata: { name: 'first' } });
  expect(server.calls).toContain('GET /project/info/refs?service=git-upload-pack');
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
