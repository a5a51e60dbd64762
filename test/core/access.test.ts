import { describe, expect, test } from 'vitest';
import { secretsOf } from '../../src/core/access/secrets.ts';
import { checkTls, type TlsSpec, tlsOptions } from '../../src/core/access/tls.ts';
import type { KubeObject } from '../../src/core/kube/kube.ts';
import { findingTexts } from '../support/compile-sensor.ts';
import { memoryKube } from '../support/memory-kube.ts';

const kube = memoryKube();
const base64 = (text: string): string => Buffer.from(text).toString('base64');
kube.put({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'access', namespace: 'playground' },
  data: { token: base64('t0ken\n'), ca: base64('CA') },
} as KubeObject);
kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'texts', namespace: 'playground' }, data: { a: 'A' } } as KubeObject);
const secrets = secretsOf(kube, 'playground');

test('a value is read without the newline at its end', async () => {
  expect(await secrets.secret({ name: 'access', key: 'token' })).toBe('t0ken');
  expect(await secrets.configMap({ name: 'texts', key: 'a' })).toBe('A');
});

test('what is not there is told, with what is', async () => {
  await expect(secrets.secret({ name: 'none', key: 'token' })).rejects.toMatchObject({
    code: 'CONFIG_SECRET',
    message: 'Secret playground/none has no readable key "token": it does not exist',
    retry: 'backoff',
  });
  await expect(secrets.secret({ name: 'access', key: 'tokn' })).rejects.toThrow(
    'Secret playground/access has no readable key "tokn": its keys are token, ca',
  );
});

describe('a tls block', () => {
  const key = { name: 'access', key: 'ca' };

  test.each<[TlsSpec, string[]]>([
    [{ enabled: true }, []],
    [{ insecureSkipVerify: true, clientKeySecret: key }, []],
    [{ caCertSecret: key }, []],
    [{}, ['error : invalid tls config, please configure either caCertSecret, or clientCertSecret and clientKeySecret, or both']],
    [{ clientKeySecret: key }, ['error : invalid tls config, both clientCertSecret and clientKeySecret need to be configured']],
  ])('%j is checked', (tls, findings) => {
    expect(findingTexts(checkTls(tls))).toEqual(findings);
  });

  test('verifies, unless it says otherwise', async () => {
    expect(await tlsOptions(undefined, secrets)).toBeUndefined();
    expect(await tlsOptions({ caCertSecret: key }, secrets)).toEqual({ ca: 'CA', rejectUnauthorized: true });
    expect(await tlsOptions({ insecureSkipVerify: true }, secrets)).toEqual({ rejectUnauthorized: false });
  });
});
