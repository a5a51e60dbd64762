/** "Bad input" on real servers: a bus and an API server that refuse, are full, or are not there. The rest is in `test/system/bad-input.test.ts`. */
import { connect } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import type { JetStreamConfig } from '../../../eventbus/config.ts';
import { openMemoryBus } from '../../../eventbus/memory/index.ts';
import { openBus } from '../../../eventbus/open.ts';
import { serverDefaults } from '../../../eventbus/stream-settings.ts';
import { startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { createWorkbench } from '../../../src/cli/workbench.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { checkRule } from '../../../src/manifests/check.ts';
import { loadText } from '../../../src/manifests/load.ts';
import { buildEvent, noKube } from '../../support/build-sensor.ts';
import { eventually } from '../../support/eventually.ts';
import { jetStream } from '../../support/jetstream.ts';
import { configMaps, namespaces, roleBindings, roles } from '../../support/kinds.ts';
import { haveApiServer, sharedApiServer, uniqueName } from '../../support/kube-apiserver.ts';
import { startNats } from '../../support/nats.ts';
import { bodiesOf } from '../../support/queue-contents.ts';
import { record } from '../../support/record.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { tokenConfig } from '../../support/token-config.ts';

const sensor = (name: string, bus = 'default'): string => `---
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: ${name}}
spec:
  eventBusName: ${bus}
  dependencies: [{name: dep, eventSourceName: es, eventName: things}]
  triggers: [{template: {name: show, log: {}}}]
`;
const source = (namespace = 'team'): string => `---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: es}
spec: {resource: {things: {version: v1, resource: configmaps, namespace: ${namespace}, eventTypes: [ADD]}}}
`;
const configMap = (name: string, a = '', namespace = 'team'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data: { a },
});

/** Rules in one process: on the bus under test, and on another (`eventBusName: other`) that nothing is wrong with. */
async function startRules(text: string, config: JetStreamConfig, kube: Kube = noKube) {
  const told = record();
  const context = { tell: told.tell, clock: systemClock };
  const stopping = new AbortController();
  const other = openMemoryBus({ kind: 'memory' }, context);
  let bus: EventBus | undefined;
  const bench = createWorkbench({
    async openBus(_namespace, name) {
      if (name === 'other') return other;
      bus = await openBus(config, { ...context, signal: stopping.signal });
      return bus;
    },
    kube,
    drainFor: 1_000,
    relist: false,
    ...context,
  });
  const rules = loadText('rules.yaml', text, { namespace: 'team' }).objects.map(({ object }) => checkRule(object)!.rule!);
  for (const rule of rules) await bench.set(rule);
  return {
    told,
    bench,
    other,
    rules,
    bus: () => bus!,
    ready: () => eventually(() => bench.missing().length === 0, 20_000),
    fired: (name: string, event: string) =>
      told.seen('triggerFired', (fields) => fields['sensor'] === name && fields['event'] === event, 20_000),
    times: (name: string) => told.of('triggerFired').filter((fields) => fields['sensor'] === name).length,
    /** Each time that something was told under this name: what was said. */
    said: (name: Parameters<typeof told.of>[0]) =>
      told.of(name).map(({ error }) => (error instanceof EngineError ? `${error.message}  ${error.code}` : name)),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await bench[Symbol.asyncDispose]();
    },
  };
}

const userIs = (password: string): string => `authorization { user: me, password: ${password} }`;

test('a wrong password for the bus is told once and waited for, while rules on another bus run', async () => {
  await using nats = await startNats({ config: userIs('right') });
  await using rules = await startRules(
    sensor('bad') + sensor('good', 'other'),
    jetStream(nats, { servers: [`nats://me:wrong@127.0.0.1:${nats.port}`] }),
  );
  await rules.told.seen('busAway');
  await eventually(() => rules.bench.missing().join() === 'Sensor team/bad');
  await rules.other.publish(buildEvent('e1'));
  await rules.fired('good', 'e1');

  await nats.restart(userIs('wrong'));
  await rules.ready();
  await rules.bus().publish(buildEvent('e2'));
  await rules.fired('bad', 'e2');

  const refused = `the bus at ${nats.url} refused the credentials: Authorization Violation  REMOTE_BUS_AUTH`;
  expect(rules.said('busAway').filter((line) => line.endsWith('REMOTE_BUS_AUTH'))).toEqual([refused]);
  expect(rules.said('workerFailed')).toEqual([]);
});

test('a bus that is not there at start is told once and waited for, while rules on another bus run', async () => {
  await using nats = await startNats();
  await nats.kill();
  await using rules = await startRules(sensor('bad') + sensor('good', 'other'), jetStream(nats));
  await rules.told.seen('busAway');
  await eventually(() => rules.bench.missing().join() === 'Sensor team/bad');
  await rules.other.publish(buildEvent('e1'));
  await rules.fired('good', 'e1');

  await nats.restart();
  await rules.ready();
  await rules.bus().publish(buildEvent('e2'));
  await rules.fired('bad', 'e2');

  expect(rules.said('busAway')).toEqual([
    `the bus at ${nats.url} cannot be reached: connect ECONNREFUSED 127.0.0.1:${nats.port}  UNREACHABLE_BUS`,
  ]);
  expect(rules.said('workerFailed')).toEqual([]);
});

test('a server without JetStream is told once and waited for', async () => {
  await using nats = await startNats({ jetstream: false });
  await using rules = await startRules(sensor('bad') + sensor('good', 'other'), jetStream(nats));
  await rules.told.seen('busAway');
  await eventually(() => rules.bench.missing().join() === 'Sensor team/bad');
  await rules.other.publish(buildEvent('e1'));
  await rules.fired('good', 'e1');

  expect(rules.said('busAway')).toEqual([
    `the bus at ${nats.url} cannot be reached: JetStream or the stream is not available there  UNREACHABLE_BUS`,
  ]);
  expect(rules.said('workerFailed')).toEqual([]);
});

test('a bus that is full holds the source back, told once; when there is room again, every change has come once', async () => {
  await using nats = await startNats();
  await using cluster = await startLocalCluster();
  await using kube = openKube(tokenConfig(cluster, cluster.token), { tell: record().tell, clock: systemClock });
  const config = { ...jetStream(nats), stream: { ...serverDefaults, maxMsgs: 5 } };
  await using rules = await startRules(source() + sensor('bad') + sensor('good', 'other'), config, kube);
  await rules.ready();
  const behind = rules.rules.find(({ metadata }) => metadata.name === 'bad')!;
  await rules.bench.remove(behind);

  const names = Array.from({ length: 12 }, (_, index) => `made-${index}`);
  for (const name of names) await kube.create(configMaps, configMap(name));
  await rules.told.seen('publishWaiting');
  await rules.other.publish(buildEvent('e1'));
  await rules.fired('good', 'e1');
  await rules.bench.set(behind);
  await eventually(() => rules.times('bad') >= 12, 30_000);

  expect(rules.said('publishWaiting')).toEqual(['the stream default is full  REMOTE_BUS_FULL']);
  expect(
    rules.told
      .of('eventPublished')
      .map(({ object }) => object)
      .sort(),
  ).toEqual(names.map((name) => `team/${name}`).sort());
  expect(rules.times('bad')).toBe(12);
});

test('an object larger than the server takes is told with both sizes, and a record of it is published', async () => {
  await using nats = await startNats({ config: 'max_payload: 65536' });
  await using cluster = await startLocalCluster();
  await using kube = openKube(tokenConfig(cluster, cluster.token), { tell: record().tell, clock: systemClock });
  await using rules = await startRules(source() + sensor('bad'), jetStream(nats), kube);
  await rules.ready();

  const { metadata } = await kube.create(configMaps, configMap('large', 'x'.repeat(100_000)));
  await kube.create(configMaps, configMap('small', 'x'));
  await eventually(() => rules.times('bad') === 2);

  const [{ object, actual, limit } = {}, ...others] = rules.told.of('eventTooLarge');
  expect(others).toEqual([]);
  expect({ object, limit }).toEqual({ object: 'team/large', limit: 65_536 });
  expect(actual).toBeGreaterThan(100_000);
  const bodies = rules.told.of('eventLogged').map(({ payload }) => JSON.parse(String(payload)).body);
  expect(bodies.find((body) => body.metadata.name === 'large')).toMatchObject({
    metadata: { uid: metadata.uid },
    tooLarge: { actual, limit },
  });
  expect(bodies.find((body) => body.metadata.name === 'small')).toMatchObject({ data: { a: 'x' } });
});

test('a message that is no event is parked with its place, and those after it are worked', async () => {
  await using nats = await startNats();
  await using rules = await startRules(sensor('bad'), jetStream(nats));
  await rules.ready();
  const connection = await connect({ servers: nats.url });
  connection.publish('default.es.things', 'no event');
  await connection.flush();
  await connection.close();
  await rules.bus().publish(buildEvent('e1'));
  await rules.fired('bad', 'e1');
  const parked = await eventually(async () => {
    const bodies = await bodiesOf(await rules.bus().parked());
    return bodies.length > 0 && bodies.map((body) => JSON.parse(body));
  });

  const said = 'the message on default.es.things is not a CloudEvent: it has no CloudEvents headers, and its body is not JSON';
  expect(rules.said('eventUnusable')).toEqual([`${said}  EVENT_NOT_A_CLOUDEVENT`]);
  expect(parked).toMatchObject([{ sensor: 'bad', reason: { code: 'EVENT_NOT_A_CLOUDEVENT', message: said }, message: { sequence: 1 } }]);
});

test.runIf(haveApiServer())('a real API server that is away and then refuses: told once each, and no change is lost', async () => {
  await using nats = await startNats();
  const api = await sharedApiServer();
  const namespace = uniqueName('bad-input');
  await using admin = openKube(tokenConfig({ server: api.server, ca: api.ca }, api.token), { tell: record().tell, clock: systemClock });
  await admin.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await using proxy = await startTcpProxy(Number(new URL(api.server).port));
  const server = `https://127.0.0.1:${proxy.port}`;
  const told = record();
  await using kube = openKube(tokenConfig({ server, ca: api.ca }, api.nobody), { tell: told.tell, clock: systemClock });
  await proxy.cut();
  await using rules = await startRules(source(namespace) + sensor('good'), jetStream(nats), kube);
  await told.seen('kubeAway');
  expect(rules.bench.missing()).toContain('EventSource team/es');
  await admin.create(configMaps, configMap('first', '', namespace));

  await proxy.restore();
  await rules.told.seen('watchRefused', undefined, 20_000);
  expect(rules.said('watchRefused')).toEqual([
    `list configmaps in ${namespace}: forbidden: User "nobody" cannot list resource "configmaps" in API group "" in the namespace "${namespace}"  REMOTE_KUBE_FORBIDDEN`,
  ]);
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  await admin.create(roles, {
    apiVersion,
    kind: 'Role',
    metadata: { name: 'may', namespace },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] }],
  });
  await admin.create(roleBindings, {
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name: 'may', namespace },
    roleRef: { apiGroup: roles.group, kind: 'Role', name: 'may' },
    subjects: [{ apiGroup: roles.group, kind: 'User', name: 'nobody' }],
  });

  await eventually(() => rules.times('good') >= 1, 40_000);
  expect(told.of('kubeAway')).toHaveLength(1);
  expect(rules.said('watchRefused')).toHaveLength(1);
});
