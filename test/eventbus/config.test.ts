import { expect, test } from 'vitest';
import { type BusOverrides, busConfigOf, secretsOf } from '../../eventbus/config.ts';
import type { EventBusObject } from '../../eventbus/kind.ts';

const bus = (spec: EventBusObject['spec'], status?: unknown): EventBusObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'EventBus',
  metadata: { name: 'default', namespace: 'team' },
  spec,
  status,
});
const secrets: Record<string, string> = {
  auth: 'username: joe\npassword: "1234"\n',
  token: 'token: abc',
  nkey: 'nkey: SUAXYZ',
  creds: '-----BEGIN NATS USER JWT-----\nabc\n',
  ca: 'CA',
  cert: 'CERT',
  key: 'KEY',
};
const ref = (key: string) => ({ name: 'bus', key });

function configOf(object: EventBusObject | undefined, overrides: BusOverrides = {}) {
  const { names, ...config } = busConfigOf(object, {
    namespace: 'team',
    name: 'default',
    alone: true,
    secret: ({ key }) => secrets[key],
    ...overrides,
  });
  expect(names.bus).toBe('team/default');
  return config;
}

test('a bus that is there already is reached where its object says, with its secrets', () => {
  const tls = { caCertSecret: ref('ca'), clientCertSecret: ref('cert'), clientKeySecret: ref('key') };
  const object = bus({ jetstreamExotic: { url: 'nats://a:4222, b:4223', accessSecret: ref('auth'), streamConfig: 'maxMsgs: 7', tls } });

  expect(configOf(object)).toEqual({
    kind: 'jetstream',
    servers: ['nats://a:4222', 'nats://b:4223'],
    credentials: { user: 'joe', password: '1234' },
    tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true },
    stream: { maxMsgs: 7, maxBytes: -1, maxAge: 0, replicas: 1, duplicates: 120_000 },
    eventFormat: 'binary',
    warnings: [],
  });
  expect(secretsOf(object)).toEqual([ref('auth'), ref('ca'), ref('cert'), ref('key')]);
});

test('the access secret may hold an NKey or a whole credentials file', () => {
  const withSecret = (key: string) => configOf(bus({ jetstreamExotic: { url: 'nats://a', accessSecret: ref(key) } })).credentials;

  const [nkey, creds] = [withSecret('nkey'), withSecret('creds')] as [{ nkey(): string }, { creds(): string }];

  expect([nkey.nkey(), creds.creds()]).toEqual(['SUAXYZ', secrets['creds']]);
});

test("a bus that Argo's controller made is reached where its status says, unverified, with a warning", () => {
  const status = { config: { jetstream: { url: 'nats://eventbus-default-js-svc.team.svc:4222', accessSecret: ref('auth') } } };
  const object = bus({ jetstream: { version: 'latest' } }, status);

  expect(configOf(object)).toMatchObject({
    servers: ['nats://eventbus-default-js-svc.team.svc:4222'],
    credentials: { user: 'joe', password: '1234' },
    tls: { verify: false },
    stream: { maxMsgs: 50_000, maxAge: 604_800_000, replicas: 3, duplicates: 300_000 },
    warnings: [
      "the certificate of the bus is not verified, because Argo's controller made it; give the EventBus a `tls` block or use --bus-ca to end that",
    ],
  });
  expect(configOf(object, { tls: { ca: 'MINE' } })).toMatchObject({ tls: { ca: 'MINE', verify: true }, warnings: [] });
});

test('the command line wins, and nothing of the object goes to another server but its limits', () => {
  const object = bus({ jetstreamExotic: { url: 'nats://a:4222', accessSecret: ref('auth'), streamConfig: 'replicas: 5' } });

  expect(configOf(object, { servers: ['nats://t0ken@b'], eventFormat: 'structured' })).toMatchObject({
    servers: ['nats://b'],
    credentials: { token: 't0ken' },
    tls: undefined,
    stream: { replicas: 5 },
    eventFormat: 'structured',
  });
  expect(configOf(object, { user: 'me', password: 'x' })).toMatchObject({
    servers: ['nats://a:4222'],
    credentials: { user: 'me', password: 'x' },
  });
});

test("a bus without an object has the limits of Argo's controller, on one server", () => {
  expect(configOf(undefined, { servers: ['localhost:4222'] })).toMatchObject({
    servers: ['nats://localhost:4222'],
    stream: { maxMsgs: 50_000, replicas: 1 },
  });
});

test('what is missing or wrong is said', () => {
  expect(() => configOf(undefined)).toThrow('nothing says where the bus team/default is');
  expect(() => configOf(bus({ jetstream: { version: 'latest' } }))).toThrow('nothing says where the bus team/default is');
  expect(() => configOf(undefined, { servers: ['http://a'] })).toThrow('"http://a" is no URL of a NATS server');
  const object = bus({ jetstreamExotic: { url: 'nats://a', accessSecret: ref('none') } });
  expect(() => configOf(object)).toThrow('Secret team/bus has no readable key "none": it was not found');
  expect(() => configOf(bus({ jetstreamExotic: { url: 'nats://a', accessSecret: ref('ca') } }))).toThrow(
    'the access secret of the bus holds neither username nor token nor nkey, and is no credentials file',
  );
});
