/**
 * The same four sensors worked by 1, 2 and 4 processes: 40,000 events, filter and log trigger. The machine has fewer cores than that, so what
 * is compared is the processor time of an event, over all processes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/core/time/clock.ts';
import { startNats } from '../test/support/nats.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { processorTimeOf } from './process-figures.ts';
import { dependencyOn, filterOfAll, firingsOf, publish, ruleOf, sensorWords, started } from './sensor-process.ts';

const counts = [1, 2, 4];
const sensors = 4;
const events = 40_000;
const rounds = 3;
const within = 60_000;

const subjectOf = (index: number): string => `part-${index}`;
const rule = (index: number): string =>
  ruleOf(
    [dependencyOn('pod', { subject: subjectOf(index), filters: filterOfAll })],
    [{ template: { name: 'show', log: {} } }],
    `logs-${index}`,
  );

interface Work {
  /** Events a second, by the clock. */
  readonly rate: number;
  /** Microseconds of the processor for an event. */
  readonly spent: number;
}

/** The events come when all processes are ready; timed until the last of them has fired. */
async function worked(folder: string, count: number): Promise<Work> {
  await using nats = await startNats();
  const processes: Awaited<ReturnType<typeof started>>[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const rules = Array.from({ length: sensors / count }, (_, part) => rule((index * sensors) / count + part)).join('\n---\n');
      processes.push(await started(sensorWords(folder, { rule: rules, bus: nats.url, logLevel: 'error' }), 'ignore'));
    }
    const processorTime = () => processes.reduce((sum, { program }) => sum + processorTimeOf(program.pid), 0);
    const before = processorTime();
    const began = performance.now();
    const published = Promise.all(Array.from({ length: sensors }, (_, index) => publish(nats.url, events / sensors, subjectOf(index))));
    for (let done = 0; done < events; ) {
      if (performance.now() - began > within) throw new Error(`only ${done} of ${events} events had fired after ${within / 1000} s`);
      await systemClock.sleep(200);
      done = (await Promise.all(processes.map(({ port }) => firingsOf(port)))).reduce((sum, fired) => sum + fired, 0);
    }
    await published;
    return { rate: (events * 1000) / (performance.now() - began), spent: ((processorTime() - before) * 1000) / events };
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
        what: `${sensors} sensors in ${count === 1 ? 'one process' : `${count} processes`}: processor time of an event`,
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
