import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { crds } from '../../../src/manifests/crds.ts';
import { eventually } from '../../support/eventually.ts';
import { definitions, eventSources, namespaces, pods, sensors } from '../../support/kinds.ts';
import { type ApiServer, startApiServer } from '../../support/kube-apiserver.ts';
import type { Process } from '../../support/process.ts';
import { startReceiver } from '../../support/receiver.ts';
import { record } from '../../support/record.ts';
import { tokenConfig } from '../../support/token-config.ts';
import { called, eventSource, fired, sensor, sensorOf, startStage } from './stage.ts';

/** The end-to-end scenarios of Argo Events itself, those that it skips included, and their twins. */

let api: ApiServer;
let kube: Kube;

beforeAll(async () => {
  api = await startApiServer();
  kube = openKube(tokenConfig(api, api.token), { tell: record().tell, clock: systemClock });
  await eventually(() => kube.list(namespaces, {}));
});
afterAll(async () => {
  await kube?.[Symbol.asyncDispose]();
  await api?.[Symbol.asyncDispose]();
});

const held = (process: Process, times: number) =>
  eventually(async () => (await process.metric('sensorium_events_held_total')) >= times, 20_000);
const hasFired = (process: Process, trigger: string, times: number) => eventually(() => fired(process, trigger) >= times, 20_000);

const tick = eventSource('clock', { calendar: { tick: { interval: '1s' } } });
const onTick = sensorOf('on-tick', [{ name: 'tick', eventSourceName: 'clock', eventName: 'tick' }], { log: {} });

test('a calendar makes a trigger log', async () => {
  await using stage = await startStage(api);
  const sn = await stage.start('sensor', onTick);
  const es = await stage.start('eventsource', tick);

  await hasFired(sn, 'it', 2);

  expect(es.output()).toContain('Eventing server started.');
  expect(es.output()).toContain('Succeeded to publish an event');
  expect(sn.output()).toContain('Sensor started.');
});

test('of two replicas each, one works: each tick is logged once, also while the one that works is killed', async () => {
  await using stage = await startStage(api);
  const sns = [await stage.start('sensor', onTick), await stage.start('sensor', onTick)];
  const es = [await stage.start('eventsource', tick), await stage.start('eventsource', tick)];
  const all = () => sns.reduce((sum, sn) => sum + fired(sn, 'it'), 0);
  await eventually(() => all() >= 2, 20_000);
  const leads = (one: Process): boolean => one.output().includes("I'm the LEADER");
  expect([sns.filter(leads).length, es.filter(leads).length]).toEqual([1, 1]);

  // Between two ticks: what was done in the last milliseconds before a kill comes again.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await Promise.all([sns.find(leads)!.stop('SIGKILL'), es.find(leads)!.stop('SIGKILL')]);
  const before = all();
  await eventually(() => all() >= before + 3, 30_000);

  const events = sns.flatMap((sn) => [...sn.output().matchAll(/"eventTime\\*":\\*"([^"\\]+)/g)].map(([, time]) => time));
  expect(new Set(events).size).toBe(events.length);
  expect(events.length).toBe(all());
});

test('the metrics of Argo are on the port, those of failures too', async () => {
  await using stage = await startStage(api);
  const es = await stage.start('eventsource', called(stage.port));
  const sn = await stage.start(
    'sensor',
    sensorOf(
      'fails',
      [{ name: 'dep-1', eventSourceName: 'called', eventName: '1' }],
      { http: { url: `http://127.0.0.1:${stage.port}/3`, method: 'GET' } },
      { retryStrategy: { steps: 1 } },
    ),
  );
  const ticking = await stage.start('eventsource', tick);
  const logs = await stage.start('sensor', onTick);

  expect(await stage.post('1')).toBe(200);
  expect(await stage.post('1', '{bad')).toBe(400);
  await eventually(async () => (await sn.metric('argo_events_action_retries_failed_total')) >= 1);
  await hasFired(logs, 'it', 1);

  expect(await valuesOf(es)).toMatchObject({
    'event_service_running_total eventsource_name="called"': 3,
    'events_sent_total eventsource_name="called",event_name="1"': 1,
    'events_sent_failed_total eventsource_name="called",event_name="1"': 0,
    'events_processing_failed_total eventsource_name="called",event_name="1"': 1,
    'event_processing_duration_milliseconds_count eventsource_name="called",event_name="1"': 1,
  });
  expect(await valuesOf(sn)).toMatchObject({
    'action_triggered_total sensor_name="fails",trigger_name="it"': 0,
    'action_failed_total sensor_name="fails",trigger_name="it"': 1,
    'action_retries_failed_total sensor_name="fails",trigger_name="it"': 1,
  });
  expect(Object.keys(await valuesOf(ticking))).toContain('events_sent_total eventsource_name="clock",event_name="tick"');
  expect((await valuesOf(logs))['action_triggered_total sensor_name="on-tick",trigger_name="it"']).toBeGreaterThan(0);
  expect((await valuesOf(logs))['action_duration_milliseconds_count sensor_name="on-tick",trigger_name="it"']).toBeGreaterThan(0);
});

/** Argo's series of a process, without their prefix and the label of the namespace. */
async function valuesOf(process: Process): Promise<Record<string, number>> {
  const text = await process.metrics();
  const series = [...text.matchAll(/^argo_events_(\w+)\{([^}]*)\} (\S+)$/gm)];
  return Object.fromEntries(
    series.map(([, name, labels, value]) => {
      const rest = labels!.split(',').filter((label) => label !== 'namespace="default"');
      return [`${name} ${rest.join(',')}`, Number(value)];
    }),
  );
}

test('a Pod that was made before the Sensor is deleted, and its name is the one that is looked for', async () => {
  await using stage = await startStage(api);
  await stage.start(
    'eventsource',
    eventSource('pods', {
      resource: {
        gone: {
          namespace: 'default',
          version: 'v1',
          resource: 'pods',
          eventTypes: ['DELETE'],
          filter: { afterStart: true, fields: [{ key: 'metadata.name', operation: '==', value: 'looked-for' }] },
        },
      },
    }),
  );
  for (const name of ['looked-for', 'another']) await kube.create(pods, podOf(name));
  const dependency = { name: 'gone', eventSourceName: 'pods', eventName: 'gone' };
  const sn = await stage.start('sensor', sensorOf('sn', [dependency], { log: {} }));

  await kube.delete(pods, { namespace: 'default', name: 'another' });
  await kube.delete(pods, { namespace: 'default', name: 'looked-for' });

  await hasFired(sn, 'it', 1);
  expect(sn.output()).toContain('looked-for');
  expect(fired(sn, 'it')).toBe(1);
});

const podOf = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'main', image: 'none' }] },
});

test('(1 && 2) || 3 fires after the first 2 and after 3, and 1 alone fires its own', async () => {
  await using stage = await startStage(api);
  await stage.start('eventsource', called(stage.port));
  const sn = await stage.start('sensor', sensor('sn', { joined: '(dep-1 && dep-2) || dep-3', alone: 'dep-1' }));

  await stage.post('1');
  await hasFired(sn, 'alone', 1);
  expect(fired(sn, 'joined')).toBe(0);
  await stage.post('2');
  await hasFired(sn, 'joined', 1);
  await stage.post('2');
  await stage.post('3');
  await hasFired(sn, 'joined', 2);

  expect([fired(sn, 'joined'), fired(sn, 'alone')]).toEqual([2, 1]);
});

test('what a Sensor holds outlives it, and its successor of the same name; a change of its conditions forgets it', async () => {
  await using stage = await startStage(api);
  for (const crd of crds()) await kube.apply(definitions, crd as KubeObject, { fieldManager: 'test', force: true });
  const put = (of: KubeObject) =>
    eventually(() => kube.apply(of.kind === 'Sensor' ? sensors : eventSources, of, { fieldManager: 'test', force: true }));
  const isReady = async (type: typeof sensors, name: string) =>
    eventually(async () => {
      const found = await kube.get(type, { namespace: 'default', name });
      const { conditions = [] } = (found['status'] ?? {}) as { conditions?: Record<string, unknown>[] };
      return conditions.some(
        (one) => one['type'] === 'Ready' && one['status'] === 'True' && one['observedGeneration'] === found.metadata.generation,
      );
    }, 30_000);
  await put(called(stage.port));
  await put(sensor('sn', { it: 'dep-1 && dep-2' }));
  const process = await stage.launch('run', '--from-cluster', '-n', 'default', '--log', 'json');
  await Promise.all([isReady(eventSources, 'called'), isReady(sensors, 'sn')]);

  await stage.post('1');
  await held(process, 1);
  await kube.delete(sensors, { namespace: 'default', name: 'sn' });
  await process.seen(/rule removed/);
  await put(sensor('sn', { it: 'dep-1 && dep-2' }));
  await isReady(sensors, 'sn');
  await stage.post('2');
  await hasFired(process, 'it', 1);

  await stage.post('1');
  await held(process, 2);
  await put(sensor('sn', { it: 'dep-1 && dep-3' }));
  await isReady(sensors, 'sn');
  await stage.post('3');
  await held(process, 3);
  expect(fired(process, 'it')).toBe(1);
  await stage.post('1');
  await hasFired(process, 'it', 2);
});

test.each([{}, { atLeastOnce: true }])(
  'a Sensor that is made after the first event has missed it: only the older one fires (%j)',
  async (how) => {
    await using stage = await startStage(api);
    await stage.start('eventsource', called(stage.port));
    const older = await stage.start('sensor', sensor('older', { it: '(dep-1 && dep-2) || dep-3' }, how));
    await stage.post('1');
    await held(older, 1);
    const newer = await stage.start('sensor', sensor('newer', { it: '(dep-1 && dep-2) || dep-3' }, how));
    await newer.seen(/Sensor started\./);

    await stage.post('2');
    await hasFired(older, 'it', 1);
    await held(newer, 1);
    await stage.post('3');
    await Promise.all([hasFired(older, 'it', 2), hasFired(newer, 'it', 1)]);

    expect([fired(older, 'it'), fired(newer, 'it')]).toEqual([2, 1]);
  },
);

test.each([
  { atLeastOnce: true, again: 1 },
  { atLeastOnce: false, again: 0 },
])(
  'a process is killed while its trigger runs: with $atLeastOnce the next Sensor of that name does it $again times',
  async ({ atLeastOnce, again }) => {
    await using stage = await startStage(api);
    await using hanging = await startReceiver(() => {});
    await stage.start('eventsource', called(stage.port));
    const dependencies = ['1', '2'].map((event) => ({ name: `dep-${event}`, eventSourceName: 'called', eventName: event }));
    const http = { conditions: 'dep-1', http: { url: hanging.url, method: 'GET' } };
    const hangs = await stage.start('sensor', sensorOf('sn', dependencies, http, { atLeastOnce }));
    await stage.post('1');
    await eventually(() => hanging.received.length === 1, 20_000);
    await hangs.stop('SIGKILL');

    const next = await stage.start('sensor', sensorOf('sn', dependencies, { conditions: 'dep-1 || dep-2', log: {} }, { atLeastOnce }));
    await stage.post('2');

    await hasFired(next, 'it', again + 1);
    expect(fired(next, 'it')).toBe(again + 1);
  },
);

test('two dependencies on one event both have it, unless the filter of one of them says no', async () => {
  await using stage = await startStage(api);
  await stage.start('eventsource', called(stage.port));
  const twice = (name: string, wanted: string): KubeObject =>
    sensorOf(
      name,
      [
        { name: 'plain', eventSourceName: 'called', eventName: '1' },
        {
          name: 'filtered',
          eventSourceName: 'called',
          eventName: '1',
          filters: { data: [{ path: 'body.value', type: 'string', value: [wanted] }] },
        },
      ],
      { conditions: 'plain && filtered', log: {} },
    );
  const passes = await stage.start('sensor', twice('passes', 'a'));
  const rejects = await stage.start('sensor', twice('rejects', 'b'));

  await stage.post('1', '{"value": "a"}');
  await hasFired(passes, 'it', 1);
  await held(rejects, 1);
  expect(fired(rejects, 'it')).toBe(0);

  await stage.post('1', '{"value": "b"}');
  await hasFired(rejects, 'it', 1);
  expect([fired(passes, 'it'), fired(rejects, 'it')]).toEqual([1, 1]);
});
