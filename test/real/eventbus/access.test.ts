import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../../src/cli/local-cluster/tls/certificates.ts';
import { buildEvent } from '../../support/build-event.ts';
import { makeMutualCertificates } from '../../support/client-certificates.ts';
import { jetStream } from '../../support/jetstream.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { makeAccounts, seedOf } from '../../support/nats-accounts.ts';
import { openJetStream } from '../../support/open-bus.ts';
import { record } from '../../support/record.ts';

const withUser = 'authorization { user: joe, password: "s3cret:/@" }';

test('user and password are given, also from the URL', async () => {
  await using nats = await startNats({ config: withUser });
  await using named = await openJetStream(nats, { credentials: { user: 'joe', password: 's3cret:/@' } });
  const servers = [`nats://joe:${encodeURIComponent('s3cret:/@')}@127.0.0.1:${nats.port}`];

  await using inUrl = await openJetStream(nats, jetStream(nats, { servers }));

  expect(await inUrl.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
  expect([named.describe, inUrl.describe]).toEqual([`${nats.url}, stream default`, `${nats.url}, stream default`]);
});

test('a token is given, also from the URL', async () => {
  await using nats = await startNats({ config: 'authorization { token: "t0ken" }' });
  await using named = await openJetStream(nats, { credentials: { token: 't0ken' } });
  await using inUrl = await openJetStream(nats, jetStream(nats, { servers: [`nats://t0ken@127.0.0.1:${nats.port}`] }));

  expect([named.connected, inUrl.connected]).toEqual([true, true]);
});

test('refused credentials are told once, and tried again until they are right', async () => {
  await using nats = await startNats({ config: withUser });
  const told = record();
  const opening = openJetStream(nats, { told, credentials: { user: 'joe', password: 'wrong' } });
  const { error } = await told.seen('busAway');
  expect(error).toMatchObject({
    code: 'REMOTE_BUS_AUTH',
    message: `the bus at ${nats.url} refused the credentials: Authorization Violation`,
    hint: 'check user, password or token',
    retry: 'backoff',
  });

  await nats.restart('authorization { user: joe, password: wrong }');

  await using bus = await opening;
  expect(bus.connected).toBe(true);
  const refusals = told.of('busAway').filter(({ error }) => (error as { code: string }).code === 'REMOTE_BUS_AUTH');
  expect(refusals).toHaveLength(1);
});

test('credentials that are refused later leave the bus waiting, not ended', async () => {
  await using nats = await startNats({ config: withUser });
  await using bus = await openJetStream(nats, { credentials: { user: 'joe', password: 's3cret:/@' } });

  await nats.restart('authorization { user: joe, password: changed }');
  await bus.told.seen('busAway', ({ error }) => (error as { code: string }).code === 'REMOTE_BUS_AUTH');
  expect(bus.connected).toBe(false);
  await nats.restart(withUser);

  await bus.told.seen('busBack');
  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
});

test('an NKey is given', async () => {
  const pair = nkeys.createUser();
  await using nats = await startNats({ config: `authorization { users: [ { nkey: ${pair.getPublicKey()} } ] }` });

  await using bus = await openJetStream(nats, { credentials: { nkey: () => `${seedOf(pair)}\n` } });

  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
});

test('a credentials file is given, and read again when the bus is lost: a renewed one is used', async () => {
  const [first, second] = [makeAccounts(), makeAccounts()];
  let { creds } = first;
  await using nats = await startNats({ config: first.config });
  await using bus = await openJetStream(nats, { credentials: { creds: () => creds } });
  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });

  await nats.restart(second.config);
  await bus.told.seen('busAway', ({ error }) => (error as { code: string }).code === 'REMOTE_BUS_AUTH');
  creds = second.creds;

  await bus.told.seen('busBack');
  expect(bus.connected).toBe(true);
});

test('a server that asks for a certificate is shown one', async () => {
  const { ca, server, client } = makeMutualCertificates();
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-tls-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return `"${join(folder, name)}"`;
  };
  const files = `cert_file: ${file('cert', server.cert)}, key_file: ${file('key', server.key)}, ca_file: ${file('ca', ca)}`;
  await using nats = await startNats({ config: `tls { ${files}, verify: true }` });
  rmSync(folder, { recursive: true });
  const [told, controller] = [record(), new AbortController()];
  const without = openJetStream(nats, { told, signal: controller.signal, tls: { ca, verify: true } });

  await using bus = await openJetStream(nats, { tls: { ca, ...client, verify: true } });

  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
  expect((await told.seen('busAway')).error).toMatchObject({ code: 'UNREACHABLE_BUS' });
  controller.abort();
  await expect(without).rejects.toThrow('stopped waiting for it');
});

async function startWithTls(): Promise<Nats & { ca: string }> {
  const { ca, certificate, key } = makeCertificates(Date.now());
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-tls-'));
  writeFileSync(join(folder, 'cert.pem'), certificate);
  writeFileSync(join(folder, 'key.pem'), key);
  const nats = await startNats({ config: `tls { cert_file: "${join(folder, 'cert.pem')}", key_file: "${join(folder, 'key.pem')}" }` });
  rmSync(folder, { recursive: true });
  return Object.assign(nats, { ca });
}

test('a server with a certificate of the given authority is trusted', async () => {
  await using nats = await startWithTls();
  await using bus = await openJetStream(nats, { tls: { ca: nats.ca, verify: true } });

  expect(await bus.publish(buildEvent())).toEqual({ sequence: 1, duplicate: false });
});

test('a server whose certificate nobody vouches for is not spoken to', async () => {
  await using nats = await startWithTls();
  const [told, controller] = [record(), new AbortController()];
  const opening = openJetStream(nats, { told, signal: controller.signal });

  const { error } = await told.seen('busAway');

  expect(error).toMatchObject({
    code: 'UNREACHABLE_BUS',
    message: expect.stringMatching(/cannot be reached: (unable to verify|self.signed certificate)/),
  });
  controller.abort();
  await expect(opening).rejects.toThrow('stopped waiting for it');
});

test('verification can be given up, and that is told', async () => {
  await using nats = await startWithTls();
  await using bus = await openJetStream(nats, { tls: { verify: false }, warnings: ['not verified'] });

  expect(bus.connected).toBe(true);
  expect(bus.told.of('busWarning')).toEqual([{ bus: 'team/default', warning: 'not verified' }]);
});
