import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificates } from '../../../src/cli/local-cluster/tls/certificates.ts';
import { openKube } from '../../../src/core/kube/client.ts';
import type { KubeConfig, TlsFiles } from '../../../src/core/kube/config.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { record } from '../../support/record.ts';

const ours = makeCertificates(Date.now());
const others = makeCertificates(Date.now());
const serials: (string | undefined)[] = [];
let https: Server;
let server: string;

beforeAll(async () => {
  https = createServer({ cert: ours.certificate, key: ours.key, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    serials.push((request.socket as TLSSocket).getPeerCertificate().serialNumber);
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('{}');
  });
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  server = `https://127.0.0.1:${(https.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => https.close(resolve)));

function open(tls: () => TlsFiles) {
  const config: KubeConfig = {
    server,
    namespace: 'default',
    authorization: async () => undefined,
    tls: async () => tls(),
    refused: () => {},
  };
  return openKube(config, { tell: record().tell, clock: systemClock });
}

test('the certificate of the server is checked', async () => {
  await using trusting = open(() => ({ ca: ours.ca }));
  await using wary = open(() => ({ ca: others.ca }));
  await using careless = open(() => ({ rejectUnauthorized: false }));
  await using misled = open(() => ({ ca: ours.ca, servername: 'elsewhere.example' }));

  expect(await trusting.raw('GET', '/')).toEqual({});
  expect(await careless.raw('GET', '/')).toEqual({});
  await expect(wary.raw('GET', '/')).rejects.toMatchObject({
    code: 'UNREACHABLE_KUBE',
    message: expect.stringMatching(new RegExp(`^the API server at ${server} cannot be reached: .*(certificate|signature)`)),
  });
  await expect(misled.raw('GET', '/')).rejects.toMatchObject({
    code: 'UNREACHABLE_KUBE',
    message: expect.stringContaining('elsewhere.example'),
  });
});

test('a client certificate is shown, and after its renewal the new one', async () => {
  let files: TlsFiles = { ca: ours.ca, cert: ours.certificate, key: ours.key };
  await using kube = open(() => files);
  await kube.raw('GET', '/');
  files = { ca: ours.ca, cert: others.certificate, key: others.key };
  await kube.raw('GET', '/');

  const [first, second] = serials.slice(-2);
  expect(first).toMatch(/^[0-9A-F]+$/);
  expect(second).toMatch(/^[0-9A-F]+$/);
  expect(second).not.toBe(first);
});

test('a handshake that fails is said in words', async () => {
  const bare = createServer({});
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  const at = `https://127.0.0.1:${(bare.address() as AddressInfo).port}`;
  const config: KubeConfig = { server: at, namespace: '', authorization: async () => undefined, tls: async () => ({}), refused: () => {} };
  await using kube = openKube(config, { tell: record().tell, clock: systemClock });

  // OpenSSL's own words, which differ with its version.
  await expect(kube.raw('GET', '/')).rejects.toThrow(
    new RegExp(`^the API server at ${at} cannot be reached: TLS: (?:sslv3|ssl/tls) alert handshake failure$`),
  );
  await new Promise((resolve) => bare.close(resolve));
});
