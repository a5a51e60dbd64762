import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { ApiServerAddress } from '../../support/kube-apiserver.ts';
import { startNats } from '../../support/nats.ts';
import { freePort } from '../../support/ports.ts';
import { asProcess, type Process } from '../../support/process.ts';
import { type Program, startSensorium } from '../../support/sensorium.ts';

/** A bus of its own, and our programs on it, each with the rules that it is given. */
export interface Stage extends AsyncDisposable {
  readonly bus: string;
  /** The port that the event source of `called` listens on. */
  readonly port: number;
  /** Starts `sensorium eventsource` or `sensorium sensor`; resolves when it is ready. */
  start(part: 'eventsource' | 'sensor', rule: KubeObject, ...words: string[]): Promise<Process>;
  /** Starts the program with these words; resolves when it says on which port it is. */
  launch(...words: string[]): Promise<Process>;
  /** Calls the event source of `called`; resolves with the status when the bus has the event. */
  post(event: string, body?: string): Promise<number>;
}

export async function startStage(api: ApiServerAddress): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-stage-'));
  const nats = await startNats();
  const port = await freePort();
  const programs: Program[] = [];
  const launch = async (...words: string[]): Promise<Process> => {
    const program = startSensorium([...words, '--bus', nats.url, '--kubeconfig', api.kubeconfigPath, '--host', '127.0.0.1']);
    programs.push(program);
    return asProcess(program);
  };
  return {
    bus: nats.url,
    port,
    launch,
    async start(part, rule, ...words) {
      const file = join(folder, `${programs.length}.json`);
      writeFileSync(file, JSON.stringify(rule));
      const process = await launch(part, file, ...words);
      await process.ready();
      return process;
    },
    async post(event, body = '{}') {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`http://127.0.0.1:${port}/${event}`, { method: 'POST', headers, body })).status;
    },
    async [Symbol.asyncDispose]() {
      for (const program of programs) await program[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const rule = (kind: string, name: string, spec: JsonObject): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec,
});

export const eventSource = (name: string, spec: JsonObject): KubeObject => rule('EventSource', name, spec);

/** An event source whose events "1", "2" and "3" are posted to it. */
export const called = (port: number): KubeObject =>
  eventSource('called', {
    webhook: Object.fromEntries(['1', '2', '3'].map((event) => [event, { port: String(port), endpoint: `/${event}`, method: 'POST' }])),
  });

/** A sensor whose dependencies are named "dep-" and the event of `called`, with triggers that log. */
export const sensor = (name: string, conditions: Readonly<Record<string, string>>, trigger: JsonObject = {}): KubeObject =>
  rule('Sensor', name, {
    dependencies: ['1', '2', '3'].map((event) => ({ name: `dep-${event}`, eventSourceName: 'called', eventName: event })),
    triggers: Object.entries(conditions).map(([of, condition]) => ({
      template: { name: of, conditions: condition, log: {} },
      ...trigger,
    })),
  });

/** A sensor with these dependencies and one template. */
export const sensorOf = (name: string, dependencies: JsonObject[], template: JsonObject, trigger: JsonObject = {}): KubeObject =>
  rule('Sensor', name, { dependencies, triggers: [{ template: { name: 'it', ...template }, ...trigger }] });

/** How often a trigger has fired, by the text that Argo's own tests look for. */
export const fired = (process: Program, trigger: string): number =>
  process.output().split(`Successfully processed trigger '${trigger}'`).length - 1;
