import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { services } from '../../support/kinds.ts';
import { startNats } from '../../support/nats.ts';
import { asProcess } from '../../support/process.ts';
import { startSensorium } from '../../support/sensorium.ts';
import { annotated, ingressNames, portOf, setPort, startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => world?.[Symbol.asyncDispose]());

async function withStreams<T>(url: string, work: (streams: JetStreamManager) => Promise<T>): Promise<T> {
  const connection = await connect({ servers: url });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

test("with --event-format structured an event source writes Argo's messages, and a sensor works from them", async () => {
  const [source, sensor] = await Promise.all([world.start('eventsource', '--event-format', 'structured'), world.start('sensor')]);
  await Promise.all([source.ready(), sensor.ready()]);
  await world.kube.create(services, annotated('web', 8080));
  await eventually(async () => (await portOf(world.kube, 'web')) === 8080);

  const message = (await withStreams(world.nats.url, (streams) => streams.streams.getMessage('default', { seq: 1 })))!;
  expect(message.subject).toBe('default.ingress-es.annotated-service');
  expect(Buffer.from(message.data).toString('utf8')).toMatch(
    /^\{"specversion":"1\.0","id":"[0-9a-f]{32}","source":"ingress-es","type":"resource","subject":"annotated-service","datacontenttype":"application\/json","time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z","data_base64":"[\w+/]+=*","partitionkey":"[^"]+"\}$/,
  );
  const { id, data_base64 } = message.json<{ id: string; data_base64: string }>();
  expect(message.header.get('Nats-Msg-Id')).toBe(id);
  expect(JSON.parse(Buffer.from(data_base64, 'base64').toString('utf8'))).toMatchObject({
    type: 'ADD',
    body: { kind: 'Service', metadata: { name: 'web' } },
    oldBody: null,
    group: '',
    version: 'v1',
    resource: 'services',
  });
});

test("a stream that Argo's parts made is left as it is, with a warning, and used", async () => {
  const { config: made } = await withStreams(world.nats.url, (streams) =>
    streams.streams.add({
      name: 'default',
      subjects: ['default.*.*'],
      retention: 'limits',
      discard: 'old',
      storage: 'file',
      max_msgs: 50_000,
      max_bytes: -1,
      max_age: nanos(168 * 3_600_000),
      duplicate_window: nanos(300_000),
      num_replicas: 1,
    }),
  );
  const [source, sensor] = await Promise.all([world.start('eventsource'), world.start('sensor')]);
  const warning = /the stream was made by somebody else and is left as it is: when it is full, it drops its oldest messages, read or not/;
  await Promise.all([source.seen(warning), sensor.seen(warning), source.ready(), sensor.ready()]);
  await world.kube.create(services, annotated('web', 1));
  await eventually(async () => (await portOf(world.kube, 'web')) === 1);
  await setPort(world.kube, 'web', 2);
  await eventually(async () => (await portOf(world.kube, 'web')) === 2);

  const { config: now } = await withStreams(world.nats.url, (streams) => streams.streams.info('default'));
  expect(now).toEqual(made);
});

test('several event sources and several sensors work side by side in one process each', async () => {
  for (const file of ['eventsource.yaml', 'sensor.yaml']) {
    const text = readFileSync(join(world.rules, file), 'utf8');
    const other = text
      .replaceAll('ingress-es', 'other-es')
      .replaceAll('ingress-sn', 'other-sn')
      .replaceAll('autodeploy-ingress-host', 'other-host')
      .replace('name: "-ing"', 'name: "-other"');
    writeFileSync(join(world.rules, `other-${file}`), other);
  }
  const [source, sensor] = await Promise.all([world.start('eventsource'), world.start('sensor')]);
  await Promise.all([source.ready(), sensor.ready()]);
  const both = annotated('both');
  both.metadata.annotations!['other-host'] = 'other.example.com';
  const second = annotated('second');
  second.metadata.annotations = { 'other-host': 'second.example.com' };
  await world.kube.create(services, both);
  await world.kube.create(services, second);

  const wanted = ['both-ing', 'both-other', 'second-other'];
  await eventually(async () => (await ingressNames(world.kube)).length >= wanted.length);
  expect(await ingressNames(world.kube)).toEqual(wanted);
  await eventually(async () => (await sensor.metric('sensorium_triggers_fired_total')) === 2 * wanted.length);
  expect(await ingressNames(world.kube)).toEqual(wanted);
});

test('a jetstreamExotic bus says by itself where it is, with user and password from its Secret', async () => {
  await using guarded = await startNats({ config: 'authorization { user: mover, password: "s3cret" }' });
  await world.kube.raw('POST', '/api/v1/namespaces/playground/secrets', {
    metadata: { name: 'bus-access' },
    stringData: { auth: 'username: mover\npassword: s3cret\n' },
  });
  writeFileSync(
    join(world.rules, 'eventbus.yaml'),
    `apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata:
  name: jetstream-eb
  namespace: playground
spec:
  jetstreamExotic:
    url: nats://127.0.0.1:${guarded.port}
    accessSecret:
      name: bus-access
      key: auth
    streamConfig: |
      maxMsgs: 1000
`,
  );
  const words = [world.rules, '--kubeconfig', world.api.kubeconfigPath, '--host', '127.0.0.1'];
  await using source = await asProcess(startSensorium(['eventsource', ...words]));
  await using sensor = await asProcess(startSensorium(['sensor', ...words]));
  await Promise.all([source.ready(), sensor.ready()]);
  await world.kube.create(services, annotated('web', 5));

  await eventually(async () => (await portOf(world.kube, 'web')) === 5);
  expect(source.output() + sensor.output()).not.toContain('s3cret');
});
