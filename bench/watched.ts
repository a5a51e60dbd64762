/**
 * An event source that watches 1,000, 10,000 and 100,000 ConfigMaps of 2 KB on a real API server: how long until each is stored on the bus
 * at the first start ever, what the process holds then, and how long a restart takes to find what changed meanwhile. `--objects` sets
 * other numbers. Filling the API server takes most of the time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { JsonObject } from '../src/core/json/json.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import { openKube } from '../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../src/core/kube/kube.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { eventually } from '../test/support/eventually.ts';
import { configMaps, namespaces } from '../test/support/kinds.ts';
import { startApiServer } from '../test/support/kube-apiserver.ts';
import { startNats } from '../test/support/nats.ts';
import { memoryOf, peakMemoryOf } from '../test/support/process-figures.ts';
import { tokenConfig } from '../test/support/token-config.ts';
import { printTable, type Row } from './measure.ts';
import { started, wordsOf } from './sensor-process.ts';

const { values } = parseArgs({ options: { objects: { type: 'string', default: '1000,10000,100000' } } });
const sizes = values.objects.split(',').map(Number);

const namespace = 'watched';

/** So many are changed while the source is stopped. */
const changes = 10;
const inFlight = 64;
const within = 300_000;
const rest = 3_000;
/** For what is held to come apart from what is only garbage, which V8 leaves lying for half a minute and longer: it is collected when we say so. */
const collecting = ['--expose-gc', '--import', "data:text/javascript,process.on('SIGUSR2',()=>{gc();gc()})"];

const nameOf = (index: number): string => `object-${index}`;
const configMap = (index: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: nameOf(index), namespace, labels: { app: 'bench', part: `p${index % 10}` } },
  data: { text: `${index} ${'x'.repeat(1500)}` },
});

const objectOf = (kind: string, name: string, spec: JsonObject): string =>
  stringifyJson({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, namespace: 'bench' }, spec });

/** The stream has room for all of them, since nobody takes them from it. */
const rule = [
  objectOf('EventSource', 'objects', {
    resource: { objects: { namespace, group: '', version: 'v1', resource: 'configmaps', eventTypes: ['ADD', 'UPDATE', 'DELETE'] } },
  }),
  objectOf('EventBus', 'default', {
    jetstreamExotic: { url: 'nats://127.0.0.1:4222', streamConfig: `maxMsgs: ${2 * Math.max(...sizes)}` },
  }),
].join('\n---\n');

async function each(from: number, to: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = from;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < to) await work(next++);
    }),
  );
}

interface Look {
  /** Milliseconds from the start of the process until all were stored. */
  readonly listed: number;
  /** Megabytes, some seconds later, and when garbage has been collected. */
  readonly quiet: number;
  readonly held: number;
  readonly highest: number;
  /** Milliseconds from the start of the second process until the first event of what had changed, and until the last. */
  readonly first: number;
  readonly last: number;
  readonly highestAgain: number;
}

/** A first start and a restart of a source that sees `count` objects, on a bus of its own. */
async function look(folder: string, kubeconfig: string, kube: Kube, count: number): Promise<Look> {
  await using nats = await startNats();
  const connection = await connect({ servers: nats.url });
  const manager = await jetstreamManager(connection);
  const words = wordsOf('eventsource', folder, { rule, bus: nats.url, logLevel: 'warn' }).map((word, index, all) =>
    all[index - 1] === '--kubeconfig' ? kubeconfig : word,
  );
  const stored = async (): Promise<number> => (await manager.streams.info('default')).state.messages;

  let began = performance.now();
  const before = await started(words, { within, node: collecting });
  try {
    await eventually(async () => {
      const found = await stored();
      if (found < count) throw new Error(`only ${found} of ${count} objects came to the bus`);
      return true;
    }, within);
    const listed = performance.now() - began;
    await systemClock.sleep(rest);
    const [quiet, highest] = [memoryOf(before.program.pid), peakMemoryOf(before.program.pid)];
    process.kill(before.program.pid, 'SIGUSR2');
    await systemClock.sleep(rest);
    const held = memoryOf(before.program.pid);
    await before.program.stop();

    const patched = Math.min(changes, count / 2);
    for (let index = 0; index < patched; index++)
      await kube.patch(
        configMaps,
        { name: nameOf(index), namespace },
        { data: { changed: `for ${count}` } },
        'application/merge-patch+json',
      );
    const times: number[] = [];
    connection.subscribe('default.objects.*', { callback: () => void times.push(performance.now()) });
    await connection.flush();
    began = performance.now();
    await using after = await started(words, { within });
    await eventually(() => times.length >= patched, within);
    const [first = Number.NaN] = times;
    const again = { first: first - began, last: times[patched - 1]! - began, highestAgain: peakMemoryOf(after.program.pid) };
    await after.program.stop();
    return { listed, quiet, held, highest, ...again };
  } finally {
    await before[Symbol.asyncDispose]();
    await connection.close();
  }
}

async function watched(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  try {
    await using api = await startApiServer();
    await using kube = openKube(tokenConfig(api, api.token), { tell: createTell(), clock: systemClock });
    await eventually(() => kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
    const empty = (await look(folder, api.kubeconfigPath, kube, 0)).held;
    let made = 0;
    for (const count of sizes) {
      await each(made, count, (index) => kube.create(configMaps, configMap(index)));
      made = count;
      printTable(
        `${count.toLocaleString('en-US')} watched objects`,
        rowsOf(count, await look(folder, api.kubeconfigPath, kube, count), empty),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rowsOf = (count: number, { listed, quiet, held, highest, first, last, highestAgain }: Look, empty: number): Row[] => [
  { what: 'start until all are on the bus', value: listed / 1000, unit: 's' },
  { what: 'resident memory when it is quiet', value: quiet, unit: 'MB' },
  { what: 'when garbage has been collected', value: held, unit: 'MB', ceiling: empty, of: 'with no objects' },
  { what: 'what it has more, for each object', value: ((held - empty) * 1024) / count, unit: 'KB' },
  { what: 'resident memory, highest', value: highest, unit: 'MB' },
  { what: `restart: the first of ${changes} changes after`, value: first / 1000, unit: 's' },
  { what: 'the last after', value: last / 1000, unit: 's' },
  { what: 'resident memory in it, highest', value: highestAgain, unit: 'MB' },
];

await watched();
