/**
 * A backlog on a real nats-server, and a sensor process that works it off with the log trigger: beside a callback consumer that only
 * parses and acknowledges. Then 200 log triggers on one dependency, and a join of two events whose state the bus keeps.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { busConfigOf } from '../eventbus/config.ts';
import { openBus } from '../eventbus/open.ts';
import { EventData } from '../src/core/event/data.ts';
import { makeEvent } from '../src/core/event/event.ts';
import type { Json, JsonObject } from '../src/core/json/json.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { eventually } from '../test/support/eventually.ts';
import { startNats } from '../test/support/nats.ts';
import { type Program, startSensorium } from '../test/support/sensorium.ts';
import { printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const backlog = 40_000;
const wide = 500;
const triggers = 200;
const pairs = 10_000;
const origin = { source: 'pods', subject: 'new-pod', type: 'resource' };

export async function sensor(): Promise<Row[]> {
  const folder = mkdtempSync(joinPath(tmpdir(), 'sensorium-bench-'));
  try {
    const one = await workedOff(folder, { rule: logs(1), events: backlog, firings: backlog });
    const silent = await workedOff(folder, { rule: logs(1), events: backlog, firings: backlog, logLevel: 'error' });
    const many = await workedOff(folder, { rule: logs(triggers), events: wide, firings: wide * triggers });
    const manySilent = await workedOff(folder, { rule: logs(triggers), events: wide, firings: wide * triggers, logLevel: 'error' });
    const joined = await workedOff(folder, { rule: join, events: pairs * 2, firings: pairs });
    const keyed = await workedOff(folder, { rule: keyedJoin, events: pairs * 2, firings: pairs });
    const bare = await bareConsumer(backlog);
    return [
      {
        what: `bus → log trigger, backlog of ${backlog.toLocaleString('en-US')}`,
        value: one.rate,
        unit: '/s',
        ceiling: bare,
        of: 'callback consumer, parse and acknowledge',
      },
      { what: 'the same, nothing written (--log-level error)', value: silent.rate, unit: '/s' },
      { what: 'resident memory in it, highest', value: one.memory, unit: 'MB' },
      { what: `bus → ${triggers} log triggers, ${wide} events: firings`, value: many.rate, unit: '/s' },
      { what: 'the same, nothing written (--log-level error)', value: manySilent.rate, unit: '/s' },
      { what: 'resident memory in it, highest', value: many.memory, unit: 'MB' },
      { what: 'bus → join of two events, durable: firings', value: joined.rate, unit: '/s' },
      { what: 'the same, a key for each pair', value: keyed.rate, unit: '/s' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the durable by starting the sensor once, fills the stream, and times a second start from its first firing to its last. */
async function workedOff(
  folder: string,
  { rule, events, firings, logLevel = 'info' }: { rule: string; events: number; firings: number; logLevel?: string },
): Promise<{ rate: number; memory: number }> {
  await using nats = await startNats();
  const file = joinPath(folder, 'sensor.yaml');
  writeFileSync(file, rule);
  const kubeconfig = joinPath(folder, 'kubeconfig');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:9' } }],
      contexts: [{ name: 'x', context: { cluster: 'c' } }],
      'current-context': 'x',
    }),
  );
  const words = ['sensor', file, '--bus', nats.url, '--kubeconfig', kubeconfig, '--host', '127.0.0.1', '--log-level', logLevel];
  await using first = await started(words);
  await first.program.stop();
  await publish(nats.url, events);

  await using second = await started(words, 'ignore');
  const fired = async () => {
    const text = await (await fetch(`http://127.0.0.1:${second.port}/metrics`)).text();
    return [...text.matchAll(/^sensorium_triggers_fired_total\{.*\} (\d+)$/gm)].reduce((sum, [, value]) => sum + Number(value), 0);
  };
  const began = performance.now();
  const before = await fired();
  let done = before;
  while (done < firings) {
    if (performance.now() - began > 60_000) throw new Error(`only ${done} of ${firings} firings were done in a minute`);
    await systemClock.sleep(50);
    done = await fired();
  }
  return { rate: (done - before) / ((performance.now() - began) / 1000), memory: peakMemoryOf(second.program.pid) };
}

async function started(words: string[], output: 'ignore' | 'pipe' = 'pipe') {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const program: Program = startSensorium([...words, '--port', String(port)], { output });
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, 20_000);
  return { program, port, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

const ruleOf = (dependencies: Json, triggers: Json): string =>
  stringifyJson({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name: 'logs', namespace: 'bench' },
    spec: { dependencies, triggers },
  });

const dependencyOn = (name: string, filters: JsonObject = {}): JsonObject => ({
  name,
  eventSourceName: origin.source,
  eventName: origin.subject,
  filters,
});

const logs = (count: number): string =>
  ruleOf(
    [dependencyOn('pod')],
    Array.from({ length: count }, (_, index) => ({ template: { name: `show-${index}`, log: {} } })),
  );

/** Every other event is for the one, and every other for the other. */
const sides = ['a', 'b'].map((name) => dependencyOn(name, { data: [{ path: 'side', type: 'string', value: [name] }] }));
const join = ruleOf(sides, [{ template: { name: 'show', log: {} } }]);
const keyedJoin = ruleOf(sides, [{ template: { name: 'show', log: {}, join: { key: '.pair' } } }]);

async function publish(url: string, count: number): Promise<void> {
  const config = busConfigOf(undefined, { servers: [url], namespace: 'bench', name: 'default', alone: true });
  await using bus = await openBus(config, { tell: createTell(), clock: systemClock });
  const event = (index: number) => ({ ...serviceEvent, side: index % 2 === 0 ? 'a' : 'b', pair: index >> 1 });
  let next = 0;
  await Promise.all(
    Array.from({ length: 256 }, async () => {
      while (next < count) {
        const index = next++;
        await bus.publish(makeEvent({ id: `e${index}`, data: EventData.fromText(stringifyJson(event(index))) }, origin, 0));
      }
    }),
  );
}

/** What the client library does with the same messages when nothing is asked of it. */
async function bareConsumer(count: number): Promise<number> {
  await using nats = await startNats();
  await publish(nats.url, count);
  const connection = await connect({ servers: nats.url });
  await (await jetstreamManager(connection)).consumers.add('default', {
    durable_name: 'bare',
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
  });
  const consumer = await jetstream(connection).consumers.get('default', 'bare');
  const began = performance.now();
  await new Promise<void>((resolve) => {
    let done = 0;
    void consumer.consume({
      max_messages: 1000,
      callback: (message) => {
        message.json();
        message.ack();
        if (++done === count) resolve();
      },
    });
  });
  const took = performance.now() - began;
  await connection.close();
  return count / (took / 1000);
}

/** Linux only: elsewhere the row says NaN. */
function peakMemoryOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('sensor', await sensor());
