import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { ingresses, services } from '../../support/kinds.ts';
import type { Process } from '../../support/process.ts';
import { annotated, ingressNames, portOf, setPort, startWorld, type World } from './world.ts';

/** The main job as separate processes on real servers. One world for all; each test leaves no Service behind. */
describe('the main job', () => {
  let world: World;
  let source: Process;
  let sensor: Process;

  beforeAll(async () => {
    world = await startWorld();
    [source, sensor] = await Promise.all([world.start('eventsource'), world.start('sensor')]);
    await Promise.all([source.ready(), sensor.ready()]);
  });

  afterEach(async () => {
    const { items } = await world.kube.list(services, { namespace: 'playground' });
    for (const { metadata } of items) await world.kube.delete(services, metadata);
    await eventually(async () => (await ingressNames(world.kube)).length === 0);
  });

  afterAll(async () => world?.[Symbol.asyncDispose]());

  test('an Ingress comes, follows and goes with its Service', async () => {
    await world.kube.create(services, annotated('web', 8080));
    await eventually(async () => (await portOf(world.kube, 'web')) === 8080);

    await setPort(world.kube, 'web', 9090);
    await eventually(async () => (await portOf(world.kube, 'web')) === 9090);

    await world.kube.delete(services, { namespace: 'playground', name: 'web' });
    await eventually(async () => (await portOf(world.kube, 'web')) === undefined);
  });

  test('an event source that was killed while 50 Services went, sends exactly their 50 DELETEs', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `gone-${index}`);
    await Promise.all(names.map((name) => world.kube.create(services, annotated(name))));
    await eventually(async () => (await ingressNames(world.kube)).length === 60);

    await source.stop('SIGKILL');
    await Promise.all(names.slice(0, 50).map((name) => world.kube.delete(services, { namespace: 'playground', name })));
    source = await world.start('eventsource');
    await eventually(async () => (await ingressNames(world.kube)).length === 10);
    await source.ready();

    expect(await source.metric('sensorium_events_published_total')).toBe(50);
  });

  test('a sensor that was killed goes on where it stopped', async () => {
    await sensor.stop('SIGKILL');
    await world.kube.create(services, annotated('kept', 1));
    await setPort(world.kube, 'kept', 2);

    sensor = await world.start('sensor');

    await eventually(async () => (await portOf(world.kube, 'kept')) === 2);
  });

  test('a second sensor takes over when the first is killed', async () => {
    await using second = await world.start('sensor');
    await second.seen(/standing by/);
    await sensor.stop('SIGKILL');
    await world.kube.create(services, annotated('handed-over', 7));

    await eventually(async () => (await portOf(world.kube, 'handed-over')) === 7);
    sensor = await world.start('sensor');
    await second.stop();
  });

  test('while the bus is killed and comes back, nothing is lost and no process ends', async () => {
    await world.nats.kill();
    await world.kube.create(services, annotated('during', 3));
    await source.seen(/the bus is away/);
    await world.nats.restart();

    await eventually(async () => (await portOf(world.kube, 'during')) === 3, 20_000);
    expect(
      [await source.metric('process_start_time_seconds'), await sensor.metric('process_start_time_seconds')].every((time) => time > 0),
    ).toBe(true);
  });

  test('while the API server is killed and comes back, nothing is lost', async () => {
    await world.kube.create(services, annotated('before', 1));
    await eventually(async () => (await portOf(world.kube, 'before')) === 1);
    await setPort(world.kube, 'before', 2);
    await world.api.kill();
    await source.seen(/the API server is away/);
    await world.api.restart();
    await eventually(async () => (await portOf(world.kube, 'before')) === 2, 40_000);

    await setPort(world.kube, 'before', 3);
    await eventually(async () => (await portOf(world.kube, 'before')) === 3, 40_000);
  });

  test('a message in the form of Argo, published by hand, fires the sensor', async () => {
    const payload = { type: 'ADD', body: annotated('by-hand', 4711), oldBody: null, group: '', version: 'v1', resource: 'services' };
    const event = {
      specversion: '1.0',
      id: '0123456789abcdef0123456789abcdef',
      source: 'ingress-es',
      type: 'resource',
      subject: 'annotated-service',
      datacontenttype: 'application/json',
      time: '2026-07-18T16:36:34.123456789Z',
      data_base64: Buffer.from(JSON.stringify(payload)).toString('base64'),
    };
    const connection = await connect({ servers: world.nats.url });
    await jetstream(connection).publish('default.ingress-es.annotated-service', JSON.stringify(event), { msgID: event.id });
    await connection.close();

    await eventually(async () => (await portOf(world.kube, 'by-hand')) === 4711);
    await world.kube.delete(ingresses, { namespace: 'playground', name: 'by-hand-ing' });
  });

  test('SIGTERM ends both cleanly', async () => {
    expect(await source.stop('SIGTERM')).toBe(0);
    expect(await sensor.stop('SIGTERM')).toBe(0);

    [source, sensor] = await Promise.all([world.start('eventsource'), world.start('sensor')]);
    await Promise.all([source.ready(), sensor.ready()]);
  });
});
