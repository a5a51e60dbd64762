import { setTimeout as delay } from 'node:timers/promises';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventTimeOf } from '../../../../eventsources/calendar/event-time.ts';
import { openKube } from '../../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../../src/core/kube/kube.ts';
import { systemClock } from '../../../../src/core/time/clock.ts';
import { configMaps, services } from '../../../support/kinds.ts';
import { startApiServer } from '../../../support/kube-apiserver.ts';
import { startNats } from '../../../support/nats.ts';
import { freePort } from '../../../support/ports.ts';
import { record } from '../../../support/record.ts';
import { tokenConfig } from '../../../support/token-config.ts';
import { call } from '../callers.ts';
import type { Drill } from '../drill.ts';
import type { Ground } from '../ground.ts';
import { many } from '../many.ts';
import { calls, callUrl, onCall, posting, rule } from '../rules.ts';
import { startTarget } from '../target.ts';

const namespace = 'default';

/**
 * Events that were on the bus and unread when it was replaced are gone, so what counts is: calls that were accepted after it, ticks that
 * were due after it, and the last state of every Service, whenever it was reached. The ledger has them as numbers, "tick TIME" and
 * "web-1 as 7".
 */
export const busReplaced: Drill = {
  name: 'bus-replaced',
  what: 'the streams of events and of state are deleted under running processes; they are made anew, and sources list again',
  async run(ground) {
    const api = ground.keep(await startApiServer());
    const kube = ground.keep(openKube(tokenConfig(api, api.token), { tell: record().tell, clock: systemClock }));
    const nats = ground.keep(await startNats());
    const connection = await connect({ servers: nats.url });
    const streams = await jetstreamManager(connection);
    const [target, clockwork] = [await startTarget(ground), await startTarget(ground, { prefix: 'tick ' })];
    const port = await freePort();
    const rules = ground.write([calls(port), onCall([posting(target.url)]), ...ticks(clockwork.url), ...copies]);
    const options = { bus: nats.url, kubeconfig: api.kubeconfigPath };
    const source = await ground.start('eventsource', rules, options);
    const sensor = await ground.start('sensor', rules, options);

    const web = Array.from({ length: ground.size(200, 50) }, (_, index) => `web-${index}`);
    await many(web, 16, (name) => kube.create(services, serviceOf(name)));
    const states = new Map(web.map((name) => [name, 1]));
    let from = 0;
    for (let round = 0; round < ground.size(4, 2); round++) {
      // In one of two rounds changes go on; in the other all have been made, and the sensor has not read the last of them.
      const goesOn = round % 2 === 0;
      const changing = change(ground, kube, states);
      if (goesOn) await delay(ground.between(200, 1_500));
      else {
        process.kill(sensor.pid, 'SIGSTOP');
        await changing;
        // The source has written down how far it has come, and has nothing to do any more.
        await delay(1_500);
      }
      await untilBetweenTicks();
      const gone = await replaceBus(streams, goesOn);
      process.kill(sensor.pid, 'SIGCONT');
      const replaced = Date.now();
      ground.say(`deleted ${gone.join(', ')}`);
      const { began } = await call(ground, {
        urls: [callUrl(port)],
        from,
        count: ground.size(2_000, 500),
        callers: 16,
        rate: 200,
        insists: true,
      });
      from += began.size;
      await changing;
      for (const [name, state] of states) ground.ledger.accept(`${name} as ${state}`);
      for (let due = Math.ceil(replaced / 1000) * 1000; due < Date.now() - 1000; due += 1000)
        ground.ledger.accept(`tick ${eventTimeOf(due)}`);
      await ground.untilQuiet(60_000, () => lookAtCopies(ground, kube));
    }
    await connection.close();

    for (const program of [source, sensor])
      if (!program.output().includes('the stream was gone and was made anew'))
        throw new Error(`nobody said it: ${program.output().slice(-2000)}`);
  },
};

const serviceOf = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, labels: { drill: 'yes' } },
  spec: { ports: [{ port: 1 }] },
});

/** A copy of the port of every Service that is labelled, in a ConfigMap of its name. */
const copies: readonly KubeObject[] = [
  rule('EventSource', 'cluster', {
    resource: {
      web: {
        namespace,
        group: '',
        version: 'v1',
        resource: 'services',
        eventTypes: ['ADD', 'UPDATE'],
        filter: { labels: [{ key: 'drill', operation: '==', value: 'yes' }] },
      },
    },
  }),
  rule('Sensor', 'copies', {
    dependencies: [{ name: 'web', eventSourceName: 'cluster', eventName: 'web' }],
    triggers: [
      {
        template: {
          name: 'copy',
          k8s: {
            operation: 'update',
            source: { resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '', namespace }, data: { port: '' } } },
            parameters: [
              { src: { dependencyName: 'web', dataKey: 'body.metadata.name' }, dest: 'metadata.name' },
              { src: { dependencyName: 'web', dataKey: 'body.spec.ports.0.port' }, dest: 'data.port' },
            ],
          },
        },
      },
    ],
  }),
];

/** A tick a second, posted as the time at which it was due. */
const ticks = (url: string): KubeObject[] => [
  rule('EventSource', 'clock', { calendar: { tick: { interval: '1s' } } }),
  rule('Sensor', 'ticks', {
    dependencies: [{ name: 'tick', eventSourceName: 'clock', eventName: 'tick' }],
    triggers: [posting(url, { http: { payload: [{ src: { dependencyName: 'tick', dataKey: 'eventTime' }, dest: 'n' }] } })],
  }),
];

/** Changes Services, one after another in any order, for as long as the ground wants; `states` has what they are then. */
async function change(ground: Ground, kube: Kube, states: Map<string, number>): Promise<void> {
  const names = [...states.keys()];
  const changes = Array.from({ length: ground.size(500, 200) }, () => names[ground.between(0, names.length - 1)]!);
  // One change of an object at a time, so that the last one wins.
  const lanes = Array.from({ length: 8 }, (_, lane) => changes.filter((name) => names.indexOf(name) % 8 === lane));
  await many(lanes, lanes.length, async (lane) => {
    for (const name of lane) {
      const state = states.get(name)! + 1;
      await kube.patch(services, { namespace, name }, { spec: { ports: [{ port: state }] } }, 'application/merge-patch+json');
      states.set(name, state);
    }
  });
}

async function lookAtCopies(ground: Ground, kube: Kube): Promise<void> {
  const { items } = await kube.list(configMaps, { namespace });
  for (const { metadata, data } of items) ground.ledger.found(`${metadata.name} as ${(data as { port?: string })?.port}`, 'its copy');
}

/** Half a second after a tick: it has been dealt with, and the next one is not due yet. */
const untilBetweenTicks = (): Promise<void> => delay(1000 - ((Date.now() + 500) % 1000));

/** Deletes the stream of events and all key-value buckets, with the leases or without them; resolves with their names. */
async function replaceBus(streams: JetStreamManager, withLeases: boolean): Promise<string[]> {
  const names: string[] = [];
  for await (const name of streams.streams.names())
    if (name === 'default' || (name.startsWith('KV_') && (withLeases || name !== 'KV_sensorium_leases'))) names.push(name);
  await Promise.all(names.map((name) => streams.streams.delete(name)));
  return names;
}
