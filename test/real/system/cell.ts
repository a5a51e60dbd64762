import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { openKube } from '../../../src/core/kube/client.ts';
import type { Kube, KubeObject } from '../../../src/core/kube/kube.ts';
import { watchResources } from '../../../src/core/kube/watch.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { exampleFolder } from '../../support/examples.ts';
import { ingresses, services } from '../../support/kinds.ts';
import { type ApiServerAddress, uniqueName } from '../../support/kube-apiserver.ts';
import { type KubeProxy, startKubeProxy } from '../../support/kube-proxy.ts';
import { kubeconfig } from '../../support/kubeconfig.ts';
import { startNats } from '../../support/nats.ts';
import { startNatsProxy } from '../../support/nats-proxy.ts';
import { asProcess } from '../../support/process.ts';
import { record } from '../../support/record.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';
import { countSteps, type Steps } from '../../support/steps.ts';
import { tokenConfig } from '../../support/token-config.ts';
import { annotated } from './world.ts';

export type Part = 'eventsource' | 'sensor';

/**
 * The rules of `examples/auto-ingress` in a namespace of their own, on a bus of their own, with every program behind proxies of
 * its own. It writes down what becomes of each Ingress.
 */
export interface Cell extends AsyncDisposable {
  readonly namespace: string;
  readonly kube: Kube;
  /** What goes between a part and its servers. */
  readonly steps: Readonly<Record<Part, Steps>>;
  readonly api: Readonly<Record<Part, KubeProxy>>;
  /** Starts a part; resolves when it is ready. */
  start(part: Part): Promise<Program>;
  /** Starts a part without waiting for it. */
  launch(part: Part): Program;
  create(name: string, port: number): Promise<void>;
  setPort(name: string, port: number): Promise<void>;
  delete(name: string): Promise<void>;
  /** What happened to the Ingress of a Service, in order: "ADDED 80", "MODIFIED 81", "DELETED 81". */
  history(name: string): readonly string[];
  /** The types of the events that are stored about a Service, in order. */
  events(): Promise<Map<string, string[]>>;
  /** How many messages there are in a stream; 0 if there is none. */
  messages(stream: string): Promise<number>;
  /** How many events the sensor has not acknowledged. */
  unsettled(): Promise<number>;
}

export async function startCell(api: ApiServerAddress): Promise<Cell> {
  const namespace = uniqueName('cell');
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-cell-'));
  const rules = copyRules(join(folder, 'rules'), namespace);
  const kube = openKube(tokenConfig(api, api.token), { tell: record().tell, clock: systemClock });
  await kube.raw('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  const nats = await startNats();
  const connection = await connect({ servers: nats.url });
  const streams = await jetstreamManager(connection);
  const histories = new Map<string, string[]>();
  const over = new AbortController();
  const context = { signal: over.signal, clock: systemClock, tell: record().tell };
  const watching = (async () => {
    for await (const unfolding of watchResources(kube, async () => ingresses, { namespace }, context))
      for (const { gone, object } of unfolding.kind === 'changes' ? unfolding.changes : []) {
        const name = object.metadata.name.replace(/-ing$/, '');
        const before = histories.get(name) ?? [];
        const type = gone ? 'DELETED' : /^[AM]/.test(before.at(-1) ?? '') ? 'MODIFIED' : 'ADDED';
        const [, port] = /"number":(\d+)/.exec(JSON.stringify(object['spec']))!;
        histories.set(name, [...before, `${type} ${port}`]);
      }
  })();

  const behind = async (part: Part) => {
    const steps = countSteps();
    const proxy = await startKubeProxy(api, steps);
    const bus = await startNatsProxy(nats.port, steps);
    const file = join(folder, `${part}.json`);
    writeFileSync(file, kubeconfig({ server: proxy.server, token: api.token }));
    return { steps, proxy, bus, file };
  };
  const places = { eventsource: await behind('eventsource'), sensor: await behind('sensor') };
  const programs = new Set<Program>();
  const launch = (part: Part): Program => {
    if (over.signal.aborted) throw new Error('the cell has ended');
    const { bus, file } = places[part];
    const program = startSensorium([part, rules, '--bus', bus.url, '--kubeconfig', file, '--host', '127.0.0.1', '--grace', '2s']);
    programs.add(program);
    void program.ended.then(() => programs.delete(program));
    return program;
  };
  const named = (name: string) => ({ namespace, name });

  return {
    namespace,
    kube,
    steps: { eventsource: places.eventsource.steps, sensor: places.sensor.steps },
    api: { eventsource: places.eventsource.proxy, sensor: places.sensor.proxy },
    launch,
    async start(part) {
      const program = launch(part);
      await (await asProcess(program)).ready();
      await program.seen(part === 'sensor' ? /this process now works it/ : /compared with the memory/, 40_000);
      return program;
    },
    async create(name, port) {
      const object = annotated(name, port);
      await kube.create(services, { ...object, metadata: { ...object.metadata, namespace } });
    },
    setPort: async (name, port) =>
      void (await kube.patch(services, named(name), { spec: { ports: [{ port }] } }, 'application/merge-patch+json')),
    delete: async (name) => void (await kube.delete(services, named(name))),
    history: (name) => histories.get(name) ?? [],
    async events() {
      const types = new Map<string, string[]>();
      const { state } = await streams.streams.info('default');
      for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
        const message = await streams.streams.getMessage('default', { seq });
        const { type, body } = message!.json<{ type: string; body: KubeObject }>();
        types.set(body.metadata.name, [...(types.get(body.metadata.name) ?? []), type]);
      }
      return types;
    },
    messages: async (stream) => (await streams.streams.info(stream).catch(() => undefined))?.state.messages ?? 0,
    async unsettled() {
      const consumers = await streams.consumers.list('default').next();
      const durables = consumers.filter(({ config }) => config.durable_name !== undefined);
      return durables.reduce((sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending, 0);
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      for (const program of programs) await program[Symbol.asyncDispose]();
      await watching;
      await connection.close();
      await kube[Symbol.asyncDispose]();
      for (const { proxy, bus } of Object.values(places)) {
        await proxy[Symbol.asyncDispose]();
        await bus[Symbol.asyncDispose]();
      }
      await nats[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function copyRules(to: string, namespace: string): string {
  cpSync(exampleFolder('auto-ingress'), to, { recursive: true });
  for (const file of readdirSync(to).filter((name) => name.endsWith('.yaml'))) {
    const path = join(to, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('playground', namespace));
  }
  return to;
}
