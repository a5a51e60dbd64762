import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withMounted } from '../../../src/cli/argo-pod/mounted.ts';
import { secretsOf } from '../../../src/core/access/secrets.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { Kube } from '../../../src/core/kube/kube.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sensorium-mounts-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const access = { secret: 'bus-auth', key: 'client-auth', file: '/etc/eventbus/auth/auth.yaml' };
const away = async (): Promise<never> => {
  throw new EngineError('UNREACHABLE_KUBE', { server: 'test', reason: 'nobody is there' });
};
const kubeAway = { server: 'https://api.test', namespace: 'shop', resource: away, kind: away, get: away } as unknown as Kube;
const secrets = (kube = kubeAway) => secretsOf(withMounted(kube, { root, namespace: 'shop', files: [access] }), 'shop');

test('what Argo’s controller has mounted is read from there, whoever may not read Secrets', async () => {
  write('argo-events/secrets/tokens/github', 's3cret\n');
  write('argo-events/config/settings/level', 'high');
  write('etc/eventbus/auth/auth.yaml', 'username: u\n');

  expect(await secrets().secret({ name: 'tokens', key: 'github' })).toBe('s3cret');
  expect(await secrets().configMap({ name: 'settings', key: 'level' })).toBe('high');
  expect(await secrets().secret({ name: 'bus-auth', key: 'client-auth' })).toBe('username: u');
});

test('a value that the node has renewed counts at the next use', async () => {
  write('argo-events/secrets/tokens/..2026_11_21/github', 'old');
  symlinkSync('..2026_11_21/github', join(root, 'argo-events/secrets/tokens/github'));
  const reader = secrets();
  expect(await reader.secret({ name: 'tokens', key: 'github' })).toBe('old');

  write('argo-events/secrets/tokens/..2026_11_21/github', 'new');

  expect(await reader.secret({ name: 'tokens', key: 'github' })).toBe('new');
});

test('another content is another version, for those who keep what they have read', async () => {
  const kube = withMounted(kubeAway, { root, namespace: 'shop', files: [] });
  const versionOf = async () => (await kube.get(await kube.kind('v1', 'ConfigMap'), { name: 'settings' })).metadata.resourceVersion;
  write('argo-events/config/settings/level', 'high');
  const before = await versionOf();
  expect(await versionOf()).toBe(before);

  write('argo-events/config/settings/level', 'low');

  expect(await versionOf()).not.toBe(before);
});

test('what is not mounted is asked for', async () => {
  const data = { key: Buffer.from('from the server').toString('base64') };
  const get: Kube['get'] = async (type, { name, namespace }) => ({
    apiVersion: 'v1',
    kind: type.kind,
    metadata: { name, namespace: namespace! },
    data,
  });

  expect(await secrets({ ...kubeAway, get }).secret({ name: 'other', key: 'key' })).toBe('from the server');
});

test('a key that the mounted Secret has not is missing, with the keys that it has', async () => {
  write('argo-events/secrets/tokens/github', 's3cret');

  await expect(secrets().secret({ name: 'tokens', key: 'gitlab' })).rejects.toThrow(
    'Secret shop/tokens has no readable key "gitlab": its keys are github',
  );
});

test.each([
  ['of another namespace', { name: 'tokens', namespace: 'other' }],
  ['by a name that leads out of its folder', { name: '../secrets/tokens', namespace: 'shop' }],
  ['without a name', { name: '', namespace: 'shop' }],
])('a Secret %s is asked for as ever', async (_, place) => {
  write('argo-events/secrets/tokens/github', 's3cret');
  const kube = withMounted(kubeAway, { root, namespace: 'shop', files: [] });

  await expect(kube.get(await kube.kind('v1', 'Secret'), place)).rejects.toMatchObject({ code: 'UNREACHABLE_KUBE' });
});
