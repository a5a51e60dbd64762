/**
 * The main job on real parts: nats-server, etcd, kube-apiserver, and our programs as users start them. Each figure stands beside
 * its ceiling, taken in the same run: what the API server does when it is asked directly.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKube } from '../src/core/kube/client.ts';
import type { Kube, KubeObject, ResourceType } from '../src/core/kube/kube.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { eventually } from '../test/support/eventually.ts';
import { ingresses, namespaces, services } from '../test/support/kinds.ts';
import { startApiServer } from '../test/support/kube-apiserver.ts';
import { startNats } from '../test/support/nats.ts';
import { memoryOf, peakMemoryOf } from '../test/support/process-figures.ts';
import { startSensorium } from '../test/support/sensorium.ts';
import { tokenConfig } from '../test/support/token-config.ts';
import { percentile, printTable, type Row } from './measure.ts';

const one = 60;
const many = 500;
/** The middle of so many counts. */
const starts = 5;

export async function endToEnd(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  cpSync('examples/auto-ingress', join(folder, 'rules'), { recursive: true });
  try {
    await using api = await startApiServer();
    await using nats = await startNats();
    await using kube = openKube(tokenConfig(api, api.token), { tell: createTell(), clock: systemClock });
    await eventually(() => kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'playground' } }));

    const words = ['--bus', nats.url, '--kubeconfig', api.kubeconfigPath, '--host', '127.0.0.1', '--log-level', 'warn'];
    const start = async (command: string) => {
      const began = performance.now();
      const program = startSensorium([command, join(folder, 'rules'), ...words.slice(0, -1), 'info']);
      const port = Number((await program.seen(/"port":(\d+)/))[1]);
      await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
      return Object.assign(program, { port, took: performance.now() - began });
    };
    const took = { source: [] as number[], sensor: [] as number[] };
    for (let count = 0; count < starts; count++) {
      await using source = await start('eventsource');
      await using sensor = await start('sensor');
      took.source.push(source.took);
      took.sensor.push(sensor.took);
      await Promise.all([source.stop(), sensor.stop()]);
    }
    await using source = await start('eventsource');
    await using sensor = await start('sensor');
    const idle = { source: memoryOf(source.pid), sensor: memoryOf(sensor.pid) };

    await kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'unwatched' } });
    const unwatched = (name: string): KubeObject => ({ ...serviceFor(name), metadata: { name, namespace: 'unwatched' } });
    const byHand = async (name: string) => {
      await kube.create(services, unwatched(name));
      await kube.create(ingresses, ingressFor(name));
    };
    await using madeByHand = await watch(kube, services, 'unwatched');
    const seenAndFollowed = async (name: string) => {
      const seen = madeByHand.arrival(name);
      await Promise.all([kube.create(services, unwatched(name)), seen.then(() => kube.create(ingresses, ingressFor(name)))]);
    };
    const direct = await latencies(kube, one, seenAndFollowed, 'direct');
    const through = await latencies(kube, one, (name) => kube.create(services, serviceFor(name)), 'single');
    const ceiling = await burst(kube, many, byHand, 'bare');
    const followed = await burst(kube, many, (name) => kube.create(services, serviceFor(name)), 'burst');
    const peak = { source: peakMemoryOf(source.pid), sensor: peakMemoryOf(sensor.pid) };
    await Promise.all([source.stop(), sensor.stop()]);

    return [
      {
        what: 'one Service → its Ingress, p50',
        value: percentile(through, 50),
        unit: 'ms',
        ceiling: percentile(direct, 50),
        of: 'Service made, seen in a watch, Ingress made at once',
      },
      {
        what: 'one Service → its Ingress, p99',
        value: percentile(through, 99),
        unit: 'ms',
        ceiling: percentile(direct, 99),
        of: 'Service made, seen in a watch, Ingress made at once',
      },
      {
        what: `${many} Services made → ${many} Ingresses seen`,
        value: many / (followed.took / 1000),
        unit: '/s',
        ceiling: many / (ceiling.took / 1000),
        of: 'the same Services and Ingresses made directly, 64 in flight',
      },
      {
        what: `${many} Services: the last Ingress after`,
        value: followed.took,
        unit: 'ms',
        ceiling: ceiling.took,
        of: 'the same Services and Ingresses made directly, 64 in flight',
      },
      { what: 'event source: start until ready', value: percentile(took.source, 50), unit: 'ms' },
      { what: 'sensor: start until ready', value: percentile(took.sensor, 50), unit: 'ms' },
      { what: 'run, all in one process: resident memory after its first Ingress', value: await memoryOfRun(folder), unit: 'MB' },
      { what: 'event source: resident memory, idle', value: idle.source, unit: 'MB' },
      { what: 'sensor: resident memory, idle', value: idle.sensor, unit: 'MB' },
      { what: 'event source: resident memory, highest', value: peak.source, unit: 'MB' },
      { what: 'sensor: resident memory, highest', value: peak.sensor, unit: 'MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function memoryOfRun(cwd: string): Promise<number> {
  await using run = startSensorium(['run', 'rules', '--api-port', '0'], { cwd });
  await run.seen(/created Ingress/);
  return memoryOf(run.pid);
}

/** From the request that makes something to its Ingress arriving in a watch, one after another. */
async function latencies(kube: Kube, count: number, make: (name: string) => Promise<unknown>, prefix: string): Promise<number[]> {
  await using seen = await watch(kube, ingresses, 'playground');
  const result: number[] = [];
  for (let index = 0; index < count; index++) {
    const began = performance.now();
    const arrived = seen.arrival(`${prefix}-${index}-ing`);
    await make(`${prefix}-${index}`);
    result.push((await arrived) - began);
    await systemClock.sleep(40);
  }
  return result;
}

/** All at once, 64 in flight, until the last Ingress has arrived. */
async function burst(kube: Kube, count: number, make: (name: string) => Promise<unknown>, prefix: string): Promise<{ took: number }> {
  await using seen = await watch(kube, ingresses, 'playground');
  const began = performance.now();
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const arrivals = Promise.all(names.map((name) => seen.arrival(`${name}-ing`)));
  let next = 0;
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      for (let name = names[next++]; name !== undefined; name = names[next++]) await make(name);
    }),
  );
  return { took: Math.max(...(await arrivals)) - began };
}

async function watch(kube: Kube, type: ResourceType, namespace: string) {
  const controller = new AbortController();
  const waiting = new Map<string, (at: number) => void>();
  const { resourceVersion } = await kube.list(type, { namespace });
  const watching = (async () => {
    for await (const events of kube.watch(type, { namespace, resourceVersion, signal: controller.signal })) {
      const now = performance.now();
      for (const event of events) if (event.type === 'ADDED') waiting.get(event.object.metadata.name)?.(now);
    }
  })().catch(() => {});
  return {
    arrival: (name: string) => new Promise<number>((resolve) => waiting.set(name, resolve)),
    async [Symbol.asyncDispose]() {
      controller.abort();
      await watching;
    },
  };
}

const serviceFor = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'playground', annotations: { 'autodeploy-ingress-host': `${name}.example.com` } },
  spec: { ports: [{ port: 80 }] },
});

const ingressFor = (name: string): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: `${name}-ing`, namespace: 'playground' },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: `${name}.example.com`,
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] },
      },
    ],
  },
});

if (import.meta.url === `file://${process.argv[1]}`) printTable('end to end', await endToEnd());
