import { connect, nkeys } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { Clients } from '../../../src/core/lifecycle/clients.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { makeMutualCertificates } from '../../support/client-certificates.ts';
import { type FiringOptions, prepareFirst } from '../../support/compile-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { filesOf } from '../../support/files.ts';
import { type Nats, startNats } from '../../support/nats.ts';
import { makeAccounts, seedOf } from '../../support/nats-accounts.ts';
import { accessSecret, kubeWithSecret, secretKey } from '../../support/secrets.ts';

/** Fires a `nats` trigger that sends the event's `a` to the subject "things"; one store of connections for as long as the test lasts. */
function firing(nats: Nats, clients: Clients, block: object = {}) {
  const payload = [{ src: { dependencyName: 'dep', dataKey: 'a' }, dest: 'a' }];
  const spec = { triggers: [{ template: { name: 'tell', nats: { url: nats.url, subject: 'things', payload, ...block } } }] };
  return async (options: FiringOptions = {}, data: object = { a: 'x' }) =>
    (await prepareFirst(spec, buildEvent('e1', { data }), { clients, clock: systemClock, ...options })).fire();
}

test('a message that was published has arrived', async () => {
  await using nats = await startNats();
  await using clients = new Clients();
  const listener = await connect({ servers: nats.url });
  const received: string[] = [];
  listener.subscribe('things', { callback: (_, message) => void received.push(message.string()) });
  await listener.flush();
  const fire = firing(nats, clients);

  const outcomes = [await fire(), await fire({}, { a: 'y' })];
  await eventually(() => received.length === 2);

  expect(outcomes).toEqual([{ summary: 'published on things' }, { summary: 'published on things' }]);
  expect(received).toEqual(['{"a":"x"}', '{"a":"y"}']);
  await listener.close();
});

test('a stream stores a firing once, however often it comes', async () => {
  await using nats = await startNats();
  await using clients = new Clients();
  await makeStream(nats);
  const fire = firing(nats, clients, { jetstream: true });

  expect(await fire()).toEqual({ summary: 'stored in THINGS', detail: { stream: 'THINGS', sequence: 1 } });
  expect(await fire({ attempt: 2 })).toEqual({ summary: 'was already in THINGS', detail: { stream: 'THINGS', sequence: 1 } });
  expect(await fire({ id: 'f2' })).toEqual({ summary: 'stored in THINGS', detail: { stream: 'THINGS', sequence: 2 } });
});

test('a subject that no stream takes can be tried again', async () => {
  await using nats = await startNats();
  await using clients = new Clients();

  await expect(firing(nats, clients, { jetstream: true })()).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${nats.url} refused: no stream takes this subject`,
    retry: 'backoff',
  });
});

test('a message that is too large will never be taken', async () => {
  await using nats = await startNats({ config: 'max_payload: 1000' });
  await using clients = new Clients();

  await expect(firing(nats, clients)({}, { a: 'x'.repeat(2000) })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER',
    message: `${nats.url} refused: the message is larger than 1000 bytes`,
    retry: 'never',
  });
});

test('a subject that is forbidden is a failure, and its neighbours go on', async () => {
  const user = '{ user: joe, password: pass, permissions: { publish: { deny: "things" } } }';
  await using nats = await startNats({ config: `authorization { users: [${user}] }` });
  await using clients = new Clients();
  const auth = { basic: { username: secretKey('user'), password: secretKey('password') } };
  const options = { kube: kubeWithSecret({ user: 'joe', password: 'pass' }) };

  for (let round = 0; round < 3; round++)
    await expect(firing(nats, clients, { auth })(options)).rejects.toMatchObject({
      code: 'REMOTE_RECEIVER',
      message: `${nats.url} refused: permissions violation for publish to "things"`,
    });
  expect(await firing(nats, clients, { auth, subject: 'others' })(options)).toEqual({ summary: 'published on others' });
});

test('a Secret that was wrong and is mended counts at the next attempt', async () => {
  await using nats = await startNats({ config: 'authorization { token: "t0ken" }' });
  await using clients = new Clients();
  const kube = kubeWithSecret({ token: 'wrong' });
  const fire = firing(nats, clients, { auth: { token: secretKey('token') } });

  await expect(fire({ kube })).rejects.toMatchObject({
    code: 'REMOTE_RECEIVER_AUTH',
    message: `${nats.url} refused the credentials: Authorization Violation`,
    hint: 'check the Secret that the trigger names',
    retry: 'backoff',
  });
  kube.put(accessSecret({ token: 't0ken' }));
  expect(await fire({ kube })).toEqual({ summary: 'published on things' });
});

test('an NKey and a credentials file are shown', async () => {
  const user = nkeys.createUser();
  await using withKey = await startNats({ config: `authorization { users: [{ nkey: ${user.getPublicKey()} }] }` });
  const { config, creds } = makeAccounts();
  await using withAccounts = await startNats({ config });
  await using clients = new Clients();
  const kube = kubeWithSecret({ seed: `${seedOf(user)}\n`, creds });

  expect(await firing(withKey, clients, { auth: { nkey: secretKey('seed') } })({ kube })).toEqual({ summary: 'published on things' });
  expect(await firing(withAccounts, clients, { auth: { credential: secretKey('creds') } })({ kube })).toEqual({
    summary: 'published on things',
  });
});

test('a server whose certificate is in a Secret is trusted, others are not', async () => {
  const { ca, server, client } = makeMutualCertificates();
  using files = filesOf({ cert: server.cert, key: server.key, authority: ca });
  await using nats = await startNats({
    config: `tls { cert_file: "${files.cert}", key_file: "${files.key}", ca_file: "${files.authority}", verify: true }`,
  });
  await using clients = new Clients();
  const kube = kubeWithSecret({ ca, cert: client.cert, key: client.key });
  const tls = { caCertSecret: secretKey('ca'), clientCertSecret: secretKey('cert'), clientKeySecret: secretKey('key') };

  expect(await firing(nats, clients, { tls })({ kube })).toEqual({ summary: 'published on things' });
  await expect(firing(nats, clients, { tls: { enabled: true } })({ kube })).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER' });
});

test('a server that is down at the start and comes later, or goes and comes back, is used when it is there', async () => {
  await using nats = await startNats();
  await using clients = new Clients();
  const fire = firing(nats, clients);
  await nats.kill();

  await expect(fire()).rejects.toMatchObject({ code: 'UNREACHABLE_RECEIVER', retry: 'backoff' });
  await nats.restart();
  expect(await fire()).toEqual({ summary: 'published on things' });
  await nats.restart();
  expect(await eventually(fire)).toEqual({ summary: 'published on things' });
});

async function makeStream({ url }: Nats): Promise<void> {
  const admin = await connect({ servers: url });
  await admin.request('$JS.API.STREAM.CREATE.THINGS', JSON.stringify({ name: 'THINGS', subjects: ['things'], storage: 'memory' }));
  await admin.close();
}
