import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadArtifact } from '../../../../sensors/triggers/artifacts/index.ts';
import { accessSecret, secretKey } from '../../../support/secrets.ts';
import { triggerContext } from './context.ts';
import { gitServer, repository } from './git-server.ts';

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`;
const named = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
const git = (url: string, more: object = {}) => ({ git: { url, filePath: 'pod.yaml', cloneDirectory: undefined, ...more } }) as never;
/** A password that only this run knows, so that what is left of it in the common folder of temporary files is ours. */
const password = `p@ss word ${randomUUID()}`;
const leftovers = () =>
  readdirSync(tmpdir())
    .map((name) => join(tmpdir(), name, 'password'))
    .filter((file) => existsSync(file) && readFileSync(file, 'utf8') === password);

test('a file comes from a branch, a tag, a reference or a commit', async () => {
  using repo = repository();
  const first = repo.commit({ 'pod.yaml': pod('first') });
  repo.git('tag', '--annotate', '--message=a', 'v1');
  repo.git('update-ref', 'refs/pull/7/head', first);
  repo.commit({ 'pod.yaml': pod('second') });
  const context = triggerContext();

  expect(await loadArtifact(git(repo.url), context)).toEqual(named('second'));
  for (const where of [{ tag: 'v1', branch: 'none' }, { ref: 'refs/pull/7/head', tag: 'none' }, { ref: first }])
    expect(await loadArtifact(git(repo.url, where), context)).toEqual(named('first'));
});

test('a commit is looked for once a minute, fetched when it is another one, and asked for once by firings at the same time', async () => {
  using repo = repository();
  repo.commit({ 'pod.yaml': pod('first') });
  await using server = await gitServer(repo.folder, 'me', password);
  const context = triggerContext();
  context.kube.put(accessSecret({ user: 'me', password }));
  const spec = git(`${server.url}.git`, {
    creds: { username: secretKey('user'), password: secretKey('password') },
  });

  const [one, two] = await Promise.all([loadArtifact(spec, context), loadArtifact(spec, context)]);
  expect(one).toEqual(named('first'));
  expect(two).toBe(one);
  const calls = server.calls.length;
  repo.commit({ 'pod.yaml': pod('second') });
  await context.clock.turn(59_000);
  expect(await loadArtifact(spec, context)).toBe(one);
  expect(server.calls.length).toBe(calls);

  await context.clock.turn(2_000);
  expect(await loadArtifact(spec, context)).toEqual(named('second'));
  const after = server.calls.length;
  await context.clock.turn(61_000);
  expect(await loadArtifact(spec, context)).toEqual(named('second'));
  expect(server.calls.slice(after).filter((call) => call.startsWith('POST'))).toHaveLength(1);
  expect(leftovers()).toEqual([]);
});

test('what is fetched stays in the folder that the rule names', async () => {
  using repo = repository();
  repo.commit({ 'pod.yaml': pod('first') });
  const cloneDirectory = mkdtempSync(join(tmpdir(), 'sensorium-clone-'));

  expect(await loadArtifact(git(repo.url, { cloneDirectory }), triggerContext())).toEqual(named('first'));
  repo.commit({ 'pod.yaml': pod('second') });
  expect(await loadArtifact(git(repo.url, { cloneDirectory }), triggerContext())).toEqual(named('second'));

  expect(readdirSync(cloneDirectory)).toEqual(['.git']);
  rmSync(cloneDirectory, { recursive: true });
});

test('links, folders, files that are not there and wrong passwords are refused with their reason', async () => {
  using repo = repository();
  repo.commit({ 'pod.yaml': pod('first'), 'large.yaml': `a: ${'x'.repeat(1024 * 1024)}` });
  repo.link('link.yaml', '/etc/passwd');
  repo.commit({});
  await using server = await gitServer(repo.folder, 'me', 'secret');
  const context = triggerContext();
  context.kube.put(accessSecret({ user: 'me', password }));
  const creds = { username: secretKey('user'), password: secretKey('password') };
  const refusal = async (...spec: Parameters<typeof git>) => {
    const { message, code, retry } = await loadArtifact(git(...spec), context).then(
      () => ({}) as never,
      (thrown) => thrown,
    );
    return `${code} ${retry} ${message}`.replaceAll(repo.url, 'URL').replaceAll(server.url, 'http://SERVER/');
  };
  const cannot = 'CONFIG_FILE_MISSING backoff cannot read';

  expect(await refusal(repo.url, { filePath: 'link.yaml' })).toBe(`${cannot} link.yaml of URL: link.yaml is a symbolic link`);
  expect(await refusal(repo.url, { filePath: 'none.yaml' })).toBe(`${cannot} none.yaml of URL: there is no file none.yaml`);
  expect(await refusal(repo.url, { filePath: 'large.yaml' })).toBe(`${cannot} large.yaml of URL: large.yaml has more than 1048576 bytes`);
  expect(await refusal(repo.url, { branch: 'none' })).toBe(`${cannot} pod.yaml of URL: there is no refs/heads/none`);
  expect(await refusal(`${server.url}.git`, { creds })).toBe(
    `${cannot} pod.yaml of http://SERVER/.git: Authentication failed for 'http://SERVER/.git/'`,
  );
  expect(await refusal(`${server.url}.git`)).toBe(
    `${cannot} pod.yaml of http://SERVER/.git: Authentication failed for 'http://SERVER/.git/'`,
  );
  expect(await refusal('ext::sh -c touch% /tmp/harm')).toContain("transport 'ext' not allowed");
  expect(leftovers()).toEqual([]);
});
