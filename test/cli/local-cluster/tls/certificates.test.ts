import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../../../src/cli/local-cluster/tls/certificates.ts';

const now = Date.parse('2026-07-18T12:00:00Z');

test('the server certificate is for loopback, and signed by the authority', () => {
  const made = makeCertificates(now);
  const [ca, server] = [new X509Certificate(made.ca), new X509Certificate(made.certificate)];

  expect(ca.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.verify(ca.publicKey)).toBe(true);
  expect(ca.verify(ca.publicKey)).toBe(true);
  expect(server.checkIssued(ca)).toBe(true);
  expect(server.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkIP('::1')).toBe('::1');
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkHost('example.com')).toBeUndefined();
});

test('it holds from the day before for a year', () => {
  const server = new X509Certificate(makeCertificates(now).certificate);

  expect(Date.parse(server.validFrom)).toBe(now - 86_400_000);
  expect(Date.parse(server.validTo)).toBe(now + 365 * 86_400_000);
});
