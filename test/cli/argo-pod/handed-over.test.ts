import { expect, test } from 'vitest';
import { busConfigOf } from '../../../eventbus/config.ts';
import type { EventBusObject } from '../../../eventbus/kind.ts';
import { type HandedOver, whatIsHandedOver } from '../../../src/cli/argo-pod/handed-over.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { placed, showFinding } from '../../../src/manifests/document.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** As Argo's controller writes it: no kind, and null or empty where Go has nothing. */
const sensor = {
  metadata: { name: 'orders', namespace: 'shop', creationTimestamp: null },
  spec: {
    eventBusName: 'main',
    dependencies: [{ name: 'dep', eventSourceName: 'es', eventName: 'order' }],
    triggers: [{ template: { name: 'show', log: {} } }],
    template: { serviceAccountName: 'sa' },
  },
  status: {},
};
const made = {
  url: 'nats://eventbus-main-js-svc.shop.svc:4222',
  accessSecret: { name: 'eventbus-main-js-client-auth', key: 'client-auth' },
  streamConfig: 'maxMsgs: 50000\nreplicas: 1\n',
};

const handed = (env: Record<string, string>, needsBus = true): HandedOver | undefined =>
  whatIsHandedOver('Sensor', env, { paths: [], needsBus });
const inPod = (config: unknown, rule: unknown = sensor) =>
  handed({ SENSOR_OBJECT: encode(rule), EVENTBUS_CONFIG: encode(config), POD_NAME: 'orders-1', LEADER_ELECTION: 'k8s' })!;
const checked = ({ loaded }: HandedOver) => loaded.objects.map((one) => ({ one, ...checkRule(one.object)! }));
const busOf = (config: unknown) => {
  const { rule } = checked(inPod(config)).find(({ one }) => one.object['kind'] === 'EventBus')!;
  return busConfigOf(rule?.value as EventBusObject, {
    namespace: 'shop',
    name: 'main',
    alone: true,
    secret: () => 'username: u\npassword: p\n',
  });
};

test('a pod of Argo’s gives its rule, and the bus that the rule names', () => {
  const { access, loaded } = inPod({ jetstream: made });

  expect(loaded.findings).toEqual([]);
  expect(checked(inPod({ jetstream: made })).map(({ rule, findings }) => [rule?.kind, rule?.metadata, findings])).toEqual([
    ['Sensor', { name: 'orders', namespace: 'shop' }, []],
    ['EventBus', { name: 'main', namespace: 'shop' }, []],
  ]);
  expect(access).toEqual({ secret: 'eventbus-main-js-client-auth', key: 'client-auth', file: '/etc/eventbus/auth/auth.yaml' });
});

test('a bus that Argo’s controller has made is told from its name, and its certificate is taken as it is', () => {
  const { servers, credentials, tls, stream, warnings } = busOf({ jetstream: made });

  expect({ servers, credentials, tls }).toEqual({
    servers: ['nats://eventbus-main-js-svc.shop.svc:4222'],
    credentials: { user: 'u', password: 'p' },
    tls: { verify: false },
  });
  expect(stream).toMatchObject({ maxMsgs: 50_000, replicas: 1 });
  expect(warnings).toHaveLength(1);
});

test('any other bus is one that was there already, and verified', () => {
  const { servers, credentials, tls, warnings } = busOf({ jetstream: { url: 'nats://nats.infra.svc:4222', streamConfig: '' } });

  expect({ servers, credentials, tls, warnings }).toEqual({
    servers: ['nats://nats.infra.svc:4222'],
    credentials: undefined,
    tls: undefined,
    warnings: [],
  });
});

test('without files and without the variable it is said what to give', () => {
  for (const env of [{ SENSOR_OBJECT: '' }, { EVENTSOURCE_OBJECT: encode(sensor), EVENTBUS_CONFIG: encode({}) }])
    expect(() => handed(env)).toThrow(
      expect.objectContaining({
        message: 'nothing says which Sensor to run',
        hint: "name files, or set SENSOR_OBJECT as Argo's controller does",
      }),
    );
});

test('files say what to run, but not beside the variable: they cannot both be meant', () => {
  const paths = ['a.yaml', 'b.yaml'];
  expect(whatIsHandedOver('Sensor', {}, { paths, needsBus: true })).toBeUndefined();

  expect(() => whatIsHandedOver('Sensor', { SENSOR_OBJECT: encode(sensor) }, { paths, needsBus: true })).toThrow(
    expect.objectContaining({
      message: 'a.yaml, b.yaml and SENSOR_OBJECT both say which Sensor to run',
      hint: 'leave out the files, or unset SENSOR_OBJECT',
    }),
  );
});

test('an object without a namespace is in that of the pod', () => {
  const env = { SENSOR_OBJECT: encode({ ...sensor, metadata: { name: 'orders', namespace: null } }), NAMESPACE: 'shop' };

  expect(handed(env, false)!.loaded.objects.map(({ object }) => object['metadata'])).toEqual([{ namespace: 'shop', name: 'orders' }]);
});

const hint = "it holds a JSON object as base64, as Argo's controller writes it";
test.each([
  ['no base64', { SENSOR_OBJECT: '{"metadata":{}}' }, 'SENSOR_OBJECT is not base64', hint],
  [
    'base64 of no JSON',
    { SENSOR_OBJECT: btoa('name: orders') },
    /^SENSOR_OBJECT does not hold JSON: unexpected "n" at line 1, column 1/,
    hint,
  ],
  ['JSON that is cut off', { SENSOR_OBJECT: btoa('{"spec":') }, /^SENSOR_OBJECT does not hold JSON: it ends too early/, hint],
  ['JSON of no object', { SENSOR_OBJECT: btoa('[]') }, 'SENSOR_OBJECT does not hold a JSON object', hint],
  ['a broken config', { SENSOR_OBJECT: encode(sensor), EVENTBUS_CONFIG: 'nats://x' }, 'EVENTBUS_CONFIG is not base64', hint],
  [
    'no config',
    { SENSOR_OBJECT: encode(sensor) },
    'SENSOR_OBJECT is there, but EVENTBUS_CONFIG, which says where its bus is, is not',
    undefined,
  ],
] as const)('%s is told by the name of the variable', (_name, env, message, tip) => {
  expect(() => handed(env)).toThrow(
    expect.objectContaining({ message: typeof message === 'string' ? message : expect.stringMatching(message), hint: tip }),
  );
});

test.each([
  [{ nats: { url: 'nats://eventbus-main-stan-svc:4222', clusterID: 'eventbus-main' } }, 'a bus on NATS Streaming is not supported'],
  [{ kafka: { url: 'kafka:9092' } }, 'a bus on Kafka is not supported'],
  [{}, 'invalid spec: either "nats", "jetstream", "jetstreamExotic", or "kafka" needs to be specified'],
])('a bus that cannot be used is said at its variable: %j', (config, said) => {
  const [finding] = checked(inPod(config)).flatMap(({ one, findings }) => findings.map((each) => showFinding(placed(each, one))));

  expect(finding).toMatch(/^EVENTBUS_CONFIG:\d+:\d+ {2}error {2}/);
  expect(finding).toContain(said);
});

test('a finding in the rule has its place in the object as kubectl would show it', () => {
  const wrong = { ...sensor, spec: { ...sensor.spec, triggers: [{ template: { name: 'show', log: { intervalSeconds: 'often' } } }] } };
  const findings = checked(inPod({ jetstream: made }, wrong)).flatMap(({ one, findings }) =>
    findings.map((each) => showFinding(placed(each, one))),
  );

  expect(findings).toEqual(['SENSOR_OBJECT:16:28  error  intervalSeconds must be a number, not the text "often"  CONFIG_WRONG_TYPE']);
});
