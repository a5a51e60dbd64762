/** Our processes as the benchmarks start them, and events for them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busConfigOf } from '../eventbus/config.ts';
import type { EventBusObject } from '../eventbus/kind.ts';
import { openBus } from '../eventbus/open.ts';
import { EventData } from '../src/core/event/data.ts';
import { makeEvent } from '../src/core/event/event.ts';
import type { Json, JsonObject } from '../src/core/json/json.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import { createTell } from '../src/core/telemetry/tell.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { eventually } from '../test/support/eventually.ts';
import { kubeconfigOfNone } from '../test/support/kubeconfig.ts';
import { freePort } from '../test/support/ports.ts';
import { type Program, startSensorium } from '../test/support/sensorium.ts';
import { serviceEvent } from './service-event.ts';

/** What all events of the benchmarks are of, unless said otherwise. */
const usual = { source: 'pods', subject: 'new-pod', type: 'resource' };

interface Work {
  readonly rule: string;
  readonly bus: string;
  readonly logLevel: string;
}

/** The command line of a process that runs a rule on a bus; no API server is there. */
export function wordsOf(command: 'eventsource' | 'sensor', folder: string, { rule, bus, logLevel }: Work): string[] {
  const file = join(folder, `${command}.yaml`);
  writeFileSync(file, rule);
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigOfNone);
  return [command, file, '--bus', bus, '--kubeconfig', kubeconfig, '--host', '127.0.0.1', '--log-level', logLevel];
}

export const sensorWords = (folder: string, work: Work): string[] => wordsOf('sensor', folder, work);

/** Resolves when it is ready, for which it has 20 s or `within`. `node` and `form` as for `startSensorium`. */
export async function started(
  words: string[],
  {
    within = 20_000,
    ...options
  }: { output?: 'ignore' | 'pipe'; node?: readonly string[]; form?: 'bundle' | 'modules'; within?: number } = {},
) {
  const port = await freePort();
  const program: Program = startSensorium([...words, '--port', String(port)], options);
  try {
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, within);
  } catch (cause) {
    await program[Symbol.asyncDispose]();
    throw new Error(`${words[0]} did not become ready: ${program.output()}`, { cause });
  }
  return { program, port, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

/** Firings that a process has done. */
export async function firingsOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return [...text.matchAll(/^sensorium_triggers_fired_total\{.*\} (\d+)$/gm)].reduce((sum, [, value]) => sum + Number(value), 0);
}

export const ruleOf = (dependencies: Json, triggers: Json, name = 'logs', more: JsonObject = {}): string =>
  stringifyJson({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Sensor',
    metadata: { name, namespace: 'bench' },
    spec: { dependencies, triggers, ...more },
  });

export const dependencyOn = (
  name: string,
  { subject = usual.subject, filters = {} }: { subject?: string; filters?: JsonObject } = {},
): JsonObject => ({
  name,
  eventSourceName: usual.source,
  eventName: subject,
  filters,
});

/** A data filter that every event of the benchmarks passes. */
export const filterOfAll: JsonObject = { data: [{ path: 'body.kind', type: 'string', value: ['Service'] }] };

/** Events of 2 KB, each other one with the side "a" and "b", two with one pair. Resolves when the bus, which `object` describes, has all of them. */
export async function publish(url: string, count: number, subject = usual.subject, object?: EventBusObject): Promise<void> {
  const config = busConfigOf(object, { servers: [url], namespace: 'bench', name: 'default', alone: true });
  await using bus = await openBus(config, { tell: createTell(), clock: systemClock });
  const event = (index: number) => ({ ...serviceEvent, side: index % 2 === 0 ? 'a' : 'b', pair: index >> 1 });
  let next = 0;
  await Promise.all(
    Array.from({ length: 256 }, async () => {
      while (next < count) {
        const index = next++;
        await bus.publish(
          makeEvent({ id: `${subject}-${index}`, data: EventData.fromText(stringifyJson(event(index))) }, { ...usual, subject }, 0),
        );
      }
    }),
  );
}
