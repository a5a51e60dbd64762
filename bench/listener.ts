/**
 * An EventListener of Tekton on real parts, nats-server and kube-apiserver, as users start it: calls until their PipelineRun is there, beside
 * the API server when it is asked directly. Then a thousand triggers on one listener, of which one passes its CEL filter.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { foreignDefinitions } from '../src/cli/local-cluster/simulate/index.ts';
import type { JsonObject } from '../src/core/json/json.ts';
import { openKube } from '../src/core/kube/client.ts';
import type { KubeObject } from '../src/core/kube/kube.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { startListeners } from '../test/dialects/tekton/listener-world.ts';
import { eventually } from '../test/support/eventually.ts';
import { startApiServer } from '../test/support/kube-apiserver.ts';
import { startNats } from '../test/support/nats.ts';
import { freePort } from '../test/support/ports.ts';
import { startSensorium } from '../test/support/sensorium.ts';
import { tokenConfig } from '../test/support/token-config.ts';
import { percentile, printTable, type Row } from './measure.ts';

const runs = 1_500;
/** Before them, for those that are done as they are met for the first time. */
const first = 500;
const connections = 32;
const paced = { rate: 30, count: 150 };
const wide = { triggers: 1_000, events: 3_000 };
const text = 'x'.repeat(1500);

const runSpec = (sha: string) => ({ pipelineRef: { name: 'build' }, params: [{ name: 'sha', value: sha }] });
const labelsOf = (id: string) => ({
  'triggers.tekton.dev/eventlistener': 'build',
  'triggers.tekton.dev/trigger': 'push',
  'triggers.tekton.dev/triggers-eventid': id,
});
const template = {
  params: [{ name: 'sha' }],
  resourcetemplates: [
    { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { generateName: 'build-' }, spec: runSpec('$(tt.params.sha)') },
  ],
};
const bindings = [{ name: 'sha', value: '$(body.head_commit.id)' }];

const listener = (name: string, triggers: object[]): string =>
  JSON.stringify({ apiVersion: 'triggers.tekton.dev/v1beta1', kind: 'EventListener', metadata: { name }, spec: { triggers } });

/** The triggers of which one, in the middle, lets the events pass. */
const filters = Array.from({ length: wide.triggers }, (_, index) => {
  const wanted = index === wide.triggers / 2 ? 'opened' : `other-${index}`;
  const filter = `body.action == '${wanted}' && header.match('X-GitHub-Event', 'pull_request')`;
  return {
    name: `t${index}`,
    interceptors: [{ ref: { name: 'cel' }, params: [{ name: 'filter', value: filter }] }],
    template: { spec: template },
    bindings,
  };
});

async function listeners(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  try {
    await using api = await startApiServer();
    await using nats = await startNats();
    await using kube = openKube(tokenConfig(api, api.token), {
      tell: createTell(),
      clock: systemClock,
    });
    for (const definition of await foreignDefinitions())
      await kube.create(await kube.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition'), definition as KubeObject);
    const type = await eventually(() => kube.kind('tekton.dev/v1', 'PipelineRun'));
    // With all that a trigger writes beside: it costs the API server a quarter more.
    const create = (name: string) =>
      kube.create(type, {
        apiVersion: 'tekton.dev/v1',
        kind: 'PipelineRun',
        metadata: {
          name,
          namespace: 'default',
          generateName: 'build-',
          labels: labelsOf(name),
          annotations: { 'sensorium.io/firing': name },
        },
        spec: runSpec(name),
      });
    await eventually(() => create('first'));

    writeFileSync(join(folder, 'build.yaml'), listener('build', [{ name: 'push', bindings, template: { spec: template } }]));
    const build = await freePort();
    const words = ['--bus', nats.url, '--kubeconfig', api.kubeconfigPath, '--host', '127.0.0.1', '--log', 'json', '--log-level', 'warn'];
    await using program = startSensorium(['run', folder, ...words, '--listen', `build=${build}`]);
    const caller = calling();
    await eventually(async () => (await fetch(`http://127.0.0.1:${build}/live`)).ok, 30_000);

    await burst(first, (index) => create(`first-${index}`));
    await burst(first, (index) => caller(build, 'push', `first-${index}`));
    const direct = await burst(runs, (index) => create(`direct-${index}`));
    const followed = await burst(runs, (index) => caller(build, 'push', `burst-${index}`));
    const alone = await atRate((index) => create(`alone-${index}`));
    const each = await atRate((index) => caller(build, 'push', `paced-${index}`));
    await program.stop();
    await Promise.all([api[Symbol.asyncDispose](), nats[Symbol.asyncDispose]()]);
    return [
      {
        what: 'call of an EventListener → PipelineRun created',
        value: followed,
        unit: '/s',
        ceiling: direct,
        of: 'the API server asked directly',
      },
      {
        what: `the same at ${paced.rate} a second, p50`,
        value: percentile(each, 50),
        unit: 'ms',
        ceiling: percentile(alone, 50),
        of: 'the API server asked directly',
      },
      { what: 'p99', value: percentile(each, 99), unit: 'ms', ceiling: percentile(alone, 99), of: 'the API server asked directly' },
      {
        what: `${wide.triggers.toLocaleString('en-US')} triggers with CEL filters on one listener: events`,
        value: await oneOfMany(),
        unit: '/s',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Events a second through a thousand triggers, of which one lets them pass; bus and API server are in memory, in this process. */
async function oneOfMany(): Promise<number> {
  const object = {
    apiVersion: 'triggers.tekton.dev/v1beta1',
    kind: 'EventListener',
    metadata: { name: 'many' },
    spec: { triggers: filters },
  };
  await using world = await startListeners([object as unknown as JsonObject], { forgets: true });
  const port = Number(new URL(await world.urlOf()).port);
  const post = calling();
  const done = async (count: number): Promise<void> => {
    const before = world.created.length;
    await burst(count, (index) => post(port, 'opened', `wide-${before + index}`, ''));
    while (world.created.length < before + count) await systemClock.sleep(1);
  };
  await done(wide.events / 4);
  const began = performance.now();
  await done(wide.events);
  return wide.events / ((performance.now() - began) / 1000);
}

/** Posts to a listener; resolves when all that comes of it is done, or with another query when it is accepted. */
function calling() {
  const dispatcher = new Agent({ connections, pipelining: 1 });
  return async (port: number, action: string, id: string, query = '?wait=60s'): Promise<void> => {
    const answer = await request(`http://127.0.0.1:${port}/${query}`, {
      method: 'POST',
      dispatcher,
      headers: { 'content-type': 'application/json', 'x-github-event': 'pull_request' },
      body: JSON.stringify({ action, head_commit: { id }, text }),
    });
    const { triggers = [] } = (await answer.body.json()) as { triggers?: { outcome: string }[] };
    if (answer.statusCode !== 202 || triggers.some(({ outcome }) => outcome === 'failed')) throw new Error(`${answer.statusCode}`);
  };
}

/** How many a second, so many at once. */
async function burst(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return count / ((performance.now() - began) / 1000);
}

/** How long each takes, in milliseconds, when so many are begun in a second. */
async function atRate(work: (index: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  const working: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < paced.count; index++) {
    await systemClock.sleep(Math.max(0, began + (index * 1000) / paced.rate - performance.now()));
    const since = performance.now();
    working.push(work(index).then(() => void took.push(performance.now() - since)));
  }
  await Promise.all(working);
  return took;
}

printTable('listener', await listeners());
