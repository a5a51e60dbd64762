/**
 * 200 sensors in one process, beside one: what an event costs that concerns one of them, and what it costs when it concerns all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/core/time/clock.ts';
import { startNats } from '../test/support/nats.ts';
import { peakMemoryOf } from '../test/support/process-figures.ts';
import { printTable, type Row } from './measure.ts';
import { dependencyOn, firingsOf, publish, ruleOf, sensorWords, started } from './sensor-process.ts';

const sensors = 200;
const events = 20_000;
const shared = 200;
const within = 120_000;

/** Each on a subject of its own, or all on one. */
const rules = (count: number, subjectOf: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) =>
    ruleOf([dependencyOn('pod', { subject: subjectOf(index) })], [{ template: { name: 'show', log: {} } }], `logs-${index}`),
  ).join('\n---\n');

export async function many(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-bench-'));
  try {
    const alone = await worked(
      folder,
      rules(1, () => 'of-0'),
      events,
      1,
      'of-0',
    );
    const among = await worked(
      folder,
      rules(sensors, (index) => `of-${index}`),
      events,
      1,
      'of-0',
    );
    const all = await worked(
      folder,
      rules(sensors, () => 'of-all'),
      shared,
      sensors,
      'of-all',
    );
    return [
      { what: 'one sensor: events', value: alone.rate, unit: '/s' },
      { what: `${sensors} sensors, events for one of them`, value: among.rate, unit: '/s', ceiling: alone.rate, of: 'one sensor' },
      { what: 'resident memory in it, highest', value: among.memory, unit: 'MB' },
      { what: `${sensors} sensors on one subject: firings`, value: all.rate, unit: '/s', ceiling: alone.rate, of: 'one sensor' },
      { what: 'resident memory in it, highest', value: all.memory, unit: 'MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Events come when the process is ready; timed until the last of them has fired. Nothing is written. */
async function worked(
  folder: string,
  rule: string,
  count: number,
  each: number,
  subject: string,
): Promise<{ rate: number; memory: number }> {
  await using nats = await startNats();
  await using process = await started(sensorWords(folder, { rule, bus: nats.url, logLevel: 'error' }), { output: 'ignore' });
  const began = performance.now();
  const published = publish(nats.url, count, subject);
  for (let done = 0; done < count * each; done = await firingsOf(process.port)) {
    if (performance.now() - began > within) throw new Error(`only ${done} of ${count * each} firings were done`);
    await systemClock.sleep(100);
  }
  await published;
  return { rate: (count * each) / ((performance.now() - began) / 1000), memory: peakMemoryOf(process.program.pid) };
}

if (import.meta.url === `file://${process.argv[1]}`) printTable('many sensors in one process', await many());
