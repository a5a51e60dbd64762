/**
 * From an object to whoever hears of it, on real parts as users start them: ApiServerSource → Broker → Trigger → an HTTP sink, with
 * nats-server and kube-apiserver. Beside it stands when the same objects come in a watch, which is what nobody can save.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKube } from '../src/core/kube/client.ts';
import type { Kube } from '../src/core/kube/kube.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { eventually } from '../test/support/eventually.ts';
import { configMaps, namespaces } from '../test/support/kinds.ts';
import { startApiServer } from '../test/support/kube-apiserver.ts';
import { startNats } from '../test/support/nats.ts';
import { freePort } from '../test/support/ports.ts';
import { tokenConfig } from '../test/support/token-config.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { started } from './sensor-process.ts';

/** So many a second, and so many in all. */
const slow = { rate: 20, count: 200 };
const quick = { rate: 485, count: 2_000 };
const many = 2_000;
const inFlight = 32;

const rules = (sink: string): object[] => [
  {
    apiVersion: 'sources.knative.dev/v1',
    kind: 'ApiServerSource',
    metadata: { name: 'objects' },
    spec: {
      mode: 'Resource',
      resources: [{ apiVersion: 'v1', kind: 'ConfigMap' }],
      sink: { ref: { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default' } },
    },
  },
  { apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: { name: 'default' } },
  {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: { name: 'added' },
    spec: { broker: 'default', filter: { attributes: { type: 'dev.knative.apiserver.resource.add' } }, subscriber: { uri: sink } },
  },
];

export async function objectToSink(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  try {
    await using api = await startApiServer();
    await using nats = await startNats();
    await using kube = openKube(tokenConfig(api, api.token), { tell: createTell(), clock: systemClock });
    for (const name of ['watched', 'unwatched'])
      await eventually(() => kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    await using sink = await startSink();
    const file = join(folder, 'rules.yaml');
    writeFileSync(
      file,
      rules(sink.url)
        .map((rule) => JSON.stringify(rule))
        .join('\n---\n'),
    );
    const words = ['run', file, '-n', 'watched', '--bus', nats.url, '--kubeconfig', api.kubeconfigPath, '--host', '127.0.0.1'];
    await using program = await started([...words, '--listen', `broker-ingress=${await freePort()}`, '--log-level', 'error'], {
      output: 'ignore',
    });
    const make = (namespace: string) => (name: string) =>
      kube.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { text: 'x'.repeat(500) } });
    // What is made before the source watches is not sent.
    let tried = 0;
    await eventually(() => make('watched')(`first-${tried++}`).then(() => sink.arrived.size > 0), 20_000);

    await using watch = await watching(kube);
    const slowly = await atRate(slow, make('watched'), [sink, watch]);
    const quickly = await atRate(quick, make('watched'), [sink, watch]);
    const bare = await burst('bare', make('unwatched'));
    const followed = await burst('burst', make('watched'));
    const arrived = await followed.until(sink);
    await program.program.stop();
    return [
      ...latencies(`object → HTTP sink, ${slow.rate} a second`, slowly),
      ...latencies(`${quick.rate} a second`, quickly),
      {
        what: `${many.toLocaleString('en-US')} objects as fast as may be: events at the sink`,
        value: many / (arrived / 1000),
        unit: '/s',
        ceiling: many / (bare.took / 1000),
        of: `the objects alone, ${inFlight} in flight`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the request that makes an object. */
const latencies = (what: string, [sink = [], watch = []]: readonly number[][]): Row[] =>
  [50, 99].map((percent) => ({
    what: `${what}, p${percent}`,
    value: percentile(sink, percent),
    unit: 'ms',
    ceiling: percentile(watch, percent),
    of: 'in a watch of another program',
  }));

/** Where objects come by, and when each did, by its name. */
interface Place {
  readonly arrived: ReadonlyMap<string, number>;
  arrival(name: string): Promise<number>;
}

function place(): Place & { comes(name: string): void } {
  const arrived = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  return {
    arrived,
    arrival: async (name) => arrived.get(name) ?? new Promise((resolve) => waiting.set(name, resolve)),
    comes(name) {
      const at = performance.now();
      if (arrived.has(name)) return;
      arrived.set(name, at);
      waiting.get(name)?.(at);
    },
  };
}

/** A receiver of events; their subject ends with the name of the object. */
async function startSink(): Promise<Place & AsyncDisposable & { readonly url: string }> {
  const { comes, ...sink } = place();
  const server = createServer((request, response) => {
    comes(String(request.headers['ce-subject']).split('/').at(-1)!);
    request.resume().on('end', () => response.writeHead(202).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...sink,
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function watching(kube: Kube): Promise<Place & AsyncDisposable> {
  const { comes, ...seen } = place();
  const controller = new AbortController();
  const { resourceVersion } = await kube.list(configMaps, { namespace: 'watched' });
  const ended = (async () => {
    for await (const events of kube.watch(configMaps, { namespace: 'watched', resourceVersion, signal: controller.signal }))
      for (const event of events) if (event.type === 'ADDED') comes(event.object.metadata.name);
  })().catch(() => {});
  return {
    ...seen,
    async [Symbol.asyncDispose]() {
      controller.abort();
      await ended;
    },
  };
}

/** From the request that makes an object to where it comes by, in milliseconds, in each place. */
async function atRate(
  { rate, count }: { rate: number; count: number },
  make: (name: string) => Promise<unknown>,
  places: readonly Place[],
): Promise<number[][]> {
  const all: Promise<number[]>[] = [];
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    await systemClock.sleep(Math.max(0, start + (index * 1000) / rate - performance.now()));
    const name = `paced-${rate}-${index}`;
    const began = performance.now();
    all.push(make(name).then(() => Promise.all(places.map(async (one) => (await one.arrival(name)) - began))));
  }
  const took = await Promise.all(all);
  return places.map((_, which) => took.map((each) => each[which]!));
}

/** All at once, so many in flight. */
async function burst(prefix: string, make: (name: string) => Promise<unknown>) {
  const names = Array.from({ length: many }, (_, index) => `${prefix}-${index}`);
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let name = names[next++]; name !== undefined; name = names[next++]) await make(name);
    }),
  );
  const took = performance.now() - start;
  /** Until the last has come by there, in milliseconds. */
  const until = async (there: Place) => Math.max(...(await Promise.all(names.map((name) => there.arrival(name))))) - start;
  return { took, until };
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('object to sink', await objectToSink());
