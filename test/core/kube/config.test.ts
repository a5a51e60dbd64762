import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import { kubeConfigFrom } from '../../../src/core/kube/config.ts';
import { inCluster } from '../../../src/core/kube/in-cluster.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';
import { json, startStub } from './stub.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sensorium-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function file(text: string, name = `file-${++files}`): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A kubeconfig with one context; the words are YAML flow maps. */
const kubeconfig = ({ cluster = '', user = 'token: secret', context = '', name = 'one' } = {}) => `
apiVersion: v1
kind: Config
current-context: ${name}
clusters: [{ name: ${name}, cluster: { server: 'https://${name}.example:6443', ${cluster} } }]
users: [{ name: ${name}, user: { ${user} } }]
contexts: [{ name: ${name}, context: { cluster: ${name}, user: ${name}, ${context} } }]
`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const open = (text: string, clock = new TestClock()) => kubeConfigFrom({ kubeconfig: file(text), env: {}, clock });

describe('a kubeconfig', () => {
  test('names the server, the namespace and a token', async () => {
    const config = await open(kubeconfig({ context: 'namespace: playground' }));

    expect(config.server).toBe('https://one.example:6443');
    expect(config.namespace).toBe('playground');
    expect(await config.authorization()).toBe('Bearer secret');
    expect(await config.tls()).toEqual({});
  });

  test('carries certificates as data or as files beside it', async () => {
    file('KEY', 'key.pem');
    file('not this', 'ca.pem');
    const config = await open(
      kubeconfig({
        cluster: `certificate-authority: ca.pem, certificate-authority-data: ${base64('CA')}, tls-server-name: kube`,
        user: `client-certificate-data: ${base64('CERT')}, client-key: key.pem`,
      }),
    );

    expect(await config.tls()).toEqual({ ca: 'CA', cert: 'CERT', key: 'KEY', servername: 'kube' });
    expect(await config.authorization()).toBeUndefined();
    expect(config.namespace).toBe('default');
  });

  test('can leave the certificate unchecked, and use a name and a password', async () => {
    const config = await open(kubeconfig({ cluster: 'insecure-skip-tls-verify: true', user: 'username: me, password: "a:b"' }));

    expect(await config.tls()).toEqual({ rejectUnauthorized: false });
    expect(await config.authorization()).toBe(`Basic ${base64('me:a:b')}`);
  });

  test('several are merged: the first that names something counts, missing ones are skipped', async () => {
    const first = file(kubeconfig({ name: 'one', user: 'token: first' }));
    const second = file(`${kubeconfig({ name: 'one', user: 'token: second' })}`.replace('current-context: one', 'current-context: two'));
    const third = file(kubeconfig({ name: 'two', user: 'token: third' }));
    const env = { KUBECONFIG: ['/nowhere/at/all', first, second, '', third].join(':') };

    const current = await kubeConfigFrom({ env });
    const named = await kubeConfigFrom({ env, context: 'two' });

    expect(await current.authorization()).toBe('Bearer first');
    expect([named.server, await named.authorization()]).toEqual(['https://two.example:6443', 'Bearer third']);
  });

  test('is looked for in the home folder last', async () => {
    mkdirSync(join(folder, '.kube'));
    file(kubeconfig({ name: 'home' }), join('.kube', 'config'));

    expect((await kubeConfigFrom({ env: { HOME: folder } })).server).toBe('https://home.example:6443');
    await expect(kubeConfigFrom({ env: { HOME: '/nowhere' } })).rejects.toMatchObject({
      code: 'CONFIG_KUBECONFIG',
      message: 'kubeconfig: none found (looked for /nowhere/.kube/config)',
      hint: 'name one with --kubeconfig, or set KUBECONFIG',
    });
  });

  test('a token file and certificates are read again each minute, and kept when that fails', async () => {
    const token = file('one\n');
    const key = file('KEY');
    const clock = new TestClock();
    const config = await open(kubeconfig({ user: `tokenFile: ${token}, client-key: ${key}` }), clock);
    const before = await config.tls();
    expect(await config.authorization()).toBe('Bearer one');

    writeFileSync(token, 'two\n');
    expect(await config.authorization()).toBe('Bearer one');
    await clock.turn(60_000);
    expect(await config.authorization()).toBe('Bearer two');
    expect(await config.tls()).toBe(before);

    rmSync(token);
    await clock.turn(60_000);
    expect(await config.authorization()).toBe('Bearer two');

    writeFileSync(token, 'three');
    writeFileSync(key, 'NEW');
    config.refused();
    expect(await config.authorization()).toBe('Bearer three');
    expect(await config.tls()).toEqual({ key: 'NEW' });
  });

  test.each([
    ['no YAML', 'a: [', /^kubeconfig: \S+ is not valid YAML: \] is missing/],
    ['a list', '[]', /^kubeconfig: \S+ is no kubeconfig$/],
    ['no current context', kubeconfig().replace('current-context: one', ''), /^kubeconfig: it has no current context$/],
    ['an unknown context', kubeconfig().replace('current-context: one', 'current-context: oen'), /^kubeconfig: there is no context "oen"$/],
    ['a missing cluster', kubeconfig().replace('cluster: one', 'cluster: other'), /^kubeconfig: there is no cluster "other"$/],
    [
      'a server without https',
      kubeconfig().replace('https://one.example:6443', 'one.example:6443'),
      /^kubeconfig: the server "one.example:6443" is no http or https URL$/,
    ],
    [
      'a proxy',
      kubeconfig({ cluster: 'proxy-url: http://p' }),
      /^kubeconfig: its cluster has a `proxy-url`, and connecting through a proxy is not supported$/,
    ],
    ['impersonation', kubeconfig({ user: 'token: a, as: b' }), /^kubeconfig: its user has `as`, and impersonation is not supported$/],
  ])('with %s is refused with a sentence', async (_, text, message) => {
    await expect(open(text)).rejects.toMatchObject({ code: 'CONFIG_KUBECONFIG', message: expect.stringMatching(message) });
  });

  test('one that was named must be there, and so must its files', async () => {
    await expect(kubeConfigFrom({ kubeconfig: '/nowhere', env: {} })).rejects.toThrow(
      'kubeconfig: cannot read /nowhere: there is no such file',
    );
    const config = await open(kubeconfig({ user: 'tokenFile: /nowhere' }));
    await expect(config.authorization()).rejects.toThrow('kubeconfig: cannot read /nowhere: there is no such file');
  });
});

describe('a sign-in plug-in', () => {
  const plugin = (script: string) =>
    kubeconfig({
      user: `exec: { apiVersion: client.authentication.k8s.io/v1, command: ${process.execPath}, args: [-e, ${JSON.stringify(script)}] }`,
    });

  test('gives a token', async () => {
    const config = await open(plugin('console.log(JSON.stringify({ status: { token: "from-plugin" } }))'));

    expect(await config.authorization()).toBe('Bearer from-plugin');
  });

  test('gives a client certificate', async () => {
    const status = { clientCertificateData: 'CERT', clientKeyData: 'KEY' };
    const config = await open(plugin(`console.log(${JSON.stringify(JSON.stringify({ status }))})`));

    expect([await config.authorization(), await config.tls()]).toEqual([undefined, { cert: 'CERT', key: 'KEY' }]);
  });

  test('is asked once while what it gave is good, and again when the server refused that', async () => {
    const calls = JSON.stringify(join(folder, 'calls'));
    const script = `
      const { appendFileSync, readFileSync } = require('node:fs');
      appendFileSync(${calls}, 'x');
      const status = { token: String(readFileSync(${calls}, 'utf8').length), expirationTimestamp: '2999-01-01T00:00:00Z' };
      console.log(JSON.stringify({ status }));`;
    const clock = new TestClock();
    const config = await open(plugin(script), clock);
    const first = await config.authorization();
    await clock.turn(120_000);
    const later = await config.authorization();
    config.refused();

    expect([first, later, await config.authorization()]).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2']);
  });

  test('may be named by a path beside the kubeconfig', async () => {
    const script = file('#!/bin/sh\necho \'{"status":{"token":"from-beside"}}\'\n', 'sign-in.sh');
    chmodSync(script, 0o755);
    const config = await open(kubeconfig({ user: 'exec: { apiVersion: client.authentication.k8s.io/v1, command: ./sign-in.sh }' }));

    expect(await config.authorization()).toBe('Bearer from-beside');
  });

  test.each([
    ['gcp', 'expiry-key: "{.expiry}", token-key: "{.token}"', { token: 'cloudy', expiry: '2999-01-01T00:00:00Z' }],
    ['azure', 'expiry-key: "{.expiry}", token-key: "{.token}"', { token: 'cloudy', expiry: '2999-01-01T00:00:00Z' }],
  ])('of the cloud %s runs the command that it names', async (name, keys, answer) => {
    const script = file(`console.log(${JSON.stringify(JSON.stringify(answer))})`, `${name}.cjs`);
    const settings = `cmd-path: ${process.execPath}, cmd-args: ${script}, ${keys}`;
    const config = await open(kubeconfig({ user: `auth-provider: { name: ${name}, config: { ${settings} } }` }));

    expect(await config.authorization()).toBe('Bearer cloudy');
  });

  test('of OpenID Connect gives its token, and says when that has expired and cannot be renewed', async () => {
    const token = (exp: number) => `${base64('{}')}.${base64(JSON.stringify({ exp }))}.sig`;
    const oidc = (exp: number) => open(kubeconfig({ user: `auth-provider: { name: oidc, config: { id-token: "${token(exp)}" } }` }));

    const good = await oidc(32503680000);
    const expired = await oidc(1000);

    expect(await good.authorization()).toBe(`Bearer ${token(32503680000)}`);
    await expect(expired.authorization()).rejects.toMatchObject({
      message: 'kubeconfig: its user "one" could not sign in: the plug-in gave neither a token nor a certificate',
      hint: 'sign in again with the tool that wrote the kubeconfig',
    });
  });

  test('that fails is named, with what it said', async () => {
    const config = await open(plugin('console.error("please log in"); process.exit(1)'));

    await expect(config.authorization()).rejects.toMatchObject({
      code: 'CONFIG_KUBECONFIG',
      message: 'kubeconfig: its user "one" could not sign in: please log in',
      retry: 'backoff',
    });
  });
});

describe('in a pod', () => {
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };

  test('the service account is used, and its token is read again each minute', async () => {
    const mounted = join(folder, 'mounted');
    mkdirSync(mounted);
    for (const [name, text] of Object.entries({ token: 'one\n', 'ca.crt': 'CA', namespace: 'pods\n' }))
      writeFileSync(join(mounted, name), text);
    const clock = new TestClock();
    const config = await inCluster(env, clock, mounted);

    expect([config.server, config.namespace]).toEqual(['https://[fd00::1]:6443', 'pods']);
    expect(await config.tls()).toEqual({ ca: 'CA' });
    expect(await config.authorization()).toBe('Bearer one');
    writeFileSync(join(mounted, 'token'), 'two');
    await clock.turn(60_000);
    expect(await config.authorization()).toBe('Bearer two');
  });

  test('without a service account it says so; a kubeconfig that is named comes first', async () => {
    await expect(inCluster(env, new TestClock(), join(folder, 'nothing'))).rejects.toMatchObject({
      message: expect.stringMatching(/^kubeconfig: this pod has no service account: there is no such file$/),
      hint: 'is automountServiceAccountToken false?',
    });
    expect((await kubeConfigFrom({ env: { ...env, KUBECONFIG: file(kubeconfig()) } })).server).toBe('https://one.example:6443');
  });
});

test('a server behind a gateway keeps its path', async () => {
  await using stub = await startStub((_, response) =>
    json(response, 200, { resources: [{ name: 'pods', kind: 'Pod', namespaced: true }] }),
  );
  const text = kubeconfig().replace('https://one.example:6443', `${stub.server}/k8s/clusters/c-1/`);
  await using kube = openKube(await open(text), { tell: record().tell, clock: systemClock });

  await kube.kind('v1', 'Pod');

  expect(kube.server).toBe(`${stub.server}/k8s/clusters/c-1`);
  expect(stub.asked).toEqual(['GET /k8s/clusters/c-1/api/v1']);
});
