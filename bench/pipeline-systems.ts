/**
 * The two that the benchmarks of the whole way compare: our event source and sensor as users start them, and the bare sketch. Each has a
 * nats-server and a target of its own, and everything is a process of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../src/core/json/json.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import { startNats } from '../test/support/nats.ts';
import { freePort } from '../test/support/ports.ts';
import { startChild } from './child.ts';
import { ruleOf, started, wordsOf } from './sensor-process.ts';
import type { SketchSensor } from './sketch/sensor.ts';
import type { SketchSource } from './sketch/source.ts';
import type { Target } from './target.ts';

export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** Ends it as an operator does. */
  stop(): Promise<unknown>;
}

export interface System extends AsyncDisposable {
  /** Where the webhook is called. */
  readonly port: number;
  readonly source: Running;
  readonly target: Awaited<ReturnType<typeof startTarget>>;
  /** Resolves when it is ready. */
  startSensor(): Promise<Running>;
}

export interface Told {
  readonly logLevel?: string;
  /** Where a profile of each process is written when it ends. */
  readonly profiles?: string;
}

type Use = <T extends AsyncDisposable>(part: T) => T;

/** What `start` makes of parts; they end in the opposite order, with it, or at once when it fails. */
async function together<T extends object>(start: (use: Use) => Promise<T>): Promise<T & AsyncDisposable> {
  const parts: AsyncDisposable[] = [];
  const end = async () => {
    for (const part of parts.splice(0)) await part[Symbol.asyncDispose]();
  };
  try {
    const whole = await start((part) => {
      parts.unshift(part);
      return part;
    });
    return Object.assign(whole, { [Symbol.asyncDispose]: end });
  } catch (thrown) {
    await end();
    throw thrown;
  }
}

async function startTarget() {
  const child = startChild<Target>('target');
  return Object.assign(child, { url: `http://127.0.0.1:${await child.ask('port', undefined)}` });
}

const sourceRule = (port: number): string =>
  stringifyJson({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'EventSource',
    metadata: { name: 'calls', namespace: 'bench' },
    spec: { webhook: { orders: { endpoint: '/orders', port: String(port), method: 'POST' } } },
  });

/** A data filter, a jq transform, and an HTTP trigger with two parameters. */
const sensorRule = (target: string): string => {
  const from = (dataKey: string, dest: string): Json => ({ src: { dependencyName: 'order', dataKey }, dest });
  const dependency: Json = {
    name: 'order',
    eventSourceName: 'calls',
    eventName: 'orders',
    transform: { jq: '.body.total = .body.price * .body.count' },
    filters: { data: [{ path: 'body.kind', type: 'string', value: ['order'] }] },
  };
  const http: Json = {
    url: `${target}/orders`,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    payload: [from('body.n', 'n'), from('body.total', 'total')],
  };
  return ruleOf([dependency], [{ template: { name: 'post', http } }], 'orders');
};

export const startOurs = ({ logLevel = 'info', profiles }: Told = {}): Promise<System> =>
  together(async (use) => {
    const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
    use({ [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }) });
    const nats = use(await startNats());
    const target = use(await startTarget());
    const port = await freePort();
    const start = async (command: 'eventsource' | 'sensor', rule: string): Promise<Running> => {
      const words = wordsOf(command, folder, { rule, bus: nats.url, logLevel });
      const profile = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-name=${command}.cpuprofile`, `--cpu-prof-dir=${profiles}`];
      const form = profiles === undefined ? 'bundle' : 'modules';
      return use((await started(words, { output: 'ignore', node: profile, form })).program);
    };
    const source = await start('eventsource', sourceRule(port));
    return { port, source, target, startSensor: () => start('sensor', sensorRule(target.url)) };
  });

export const startSketch = (): Promise<System> =>
  together(async (use) => {
    const nats = use(await startNats());
    const target = use(await startTarget());
    const start = async <C extends SketchSource | SketchSensor>(file: string, words: string[]) => {
      const child = use(startChild<C>(file, words));
      const port = await child.ask('start', undefined as never);
      const stop = async () => {
        await child.ask('stop', undefined as never);
        await child[Symbol.asyncDispose]();
      };
      return { ...child, port, stop };
    };
    const source = await start<SketchSource>('sketch/source', [nats.url]);
    const startSensor = () => start<SketchSensor>('sketch/sensor', [nats.url, target.url]);
    return { port: source.port as number, source, target, startSensor };
  });
