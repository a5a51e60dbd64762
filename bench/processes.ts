/**
 * One sensor with `shared: true`, worked by 1, 2 and 4 processes: a backlog of 30,000 events for each of them, filter and log trigger. The machine has fewer
 * cores than that, so what is compared is the processor time of an event, over all processes. Each has the same number of events, because a process
 * spends most on its first ones.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventBusObject } from '../eventbus/kind.ts';
import { systemClock } from '../src/core/time/clock.ts';
import { startNats } from '../test/support/nats.ts';
import { processorTimeOf } from '../test/support/process-figures.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { dependencyOn, filterOfAll, firingsOf, publish, ruleOf, sensorWords, started } from './sensor-process.ts';

const counts = [1, 2, 4];
const eventsEach = 30_000;
/** Each process has done so many before it is counted: by then it is warm. */
const warm = 8_000;
const rounds = 2;
const within = 60_000;

/** With room for all of them. */
const bus: EventBusObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'EventBus',
  metadata: { name: 'default', namespace: 'bench' },
  spec: { jetstream: { version: 'latest', replicas: 1, streamConfig: `maxMsgs: ${eventsEach * Math.max(...counts)}` } },
};
const rule = ruleOf([dependencyOn('pod', { filters: filterOfAll })], [{ template: { name: 'show', log: {} } }], 'logs', { shared: true });

interface Work {
  /** Events a second, by the clock. */
  readonly rate: number;
  /** Microseconds of the processor for an event. */
  readonly spent: number;
}

/** A backlog waits when the processes start. */
async function worked(folder: string, count: number): Promise<Work> {
  const events = count * eventsEach;
  await using nats = await startNats();
  const start = () =>
    started(
      sensorWords(mkdtempSync(join(folder, 'process-')), {
        rule: `${JSON.stringify(bus)}\n---\n${rule}`,
        bus: nats.url,
        logLevel: 'error',
      }),
      { output: 'ignore' },
    );
  // So that what comes now is kept for them.
  await (await start()).program.stop();
  await publish(nats.url, events, undefined, bus);

  const processes = await Promise.all(Array.from({ length: count }, start));
  try {
    const look = async () => {
      const fired = await Promise.all(processes.map(({ port }) => firingsOf(port)));
      const spent = processes.reduce((sum, { program }) => sum + processorTimeOf(program.pid), 0);
      return { least: Math.min(...fired), fired: fired.reduce((sum, one) => sum + one, 0), spent, at: performance.now() };
    };
    const looks = async (until: (now: Awaited<ReturnType<typeof look>>) => boolean) => {
      const deadline = performance.now() + within;
      for (;;) {
        const now = await look();
        if (until(now)) return now;
        if (now.at > deadline) throw new Error(`only ${now.fired} of ${events} events had fired after ${within / 1000} s`);
        await systemClock.sleep(50);
      }
    };
    const from = await looks(({ least }) => least >= warm);
    const to = await looks(({ fired }) => fired >= events);
    const done = to.fired - from.fired;
    return { rate: (done * 1000) / (to.at - from.at), spent: ((to.spent - from.spent) * 1000) / done };
  } finally {
    for (const process of processes) await process[Symbol.asyncDispose]();
  }
}

async function processes(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  try {
    const found = new Map(counts.map((count) => [count, [] as Work[]]));
    for (let round = 0; round < rounds; round++) for (const [count, works] of found) works.push(await worked(folder, count));
    const median = (count: number, of: keyof Work) =>
      percentile(
        found.get(count)!.map((work) => work[of]),
        50,
      );
    return counts.flatMap((count) => [
      {
        what: `a shared sensor in ${count === 1 ? 'one process' : `${count} processes`}: processor time of an event`,
        value: median(count, 'spent'),
        unit: 'µs',
        ...(count === 1 ? {} : { ceiling: median(1, 'spent'), of: 'one process' }),
      },
      { what: 'by the clock', value: median(count, 'rate'), unit: '/s' },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

printTable('several processes', await processes());
