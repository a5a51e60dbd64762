/**
 * A day of work in short: events through webhook → filter → jq → HTTP, 200,000 or as many as `--events` says, with memory and open files of
 * both processes looked at all the while. What counts is the slope after the first fifth, in which a process reaches its size.
 */
import { parseArgs } from 'node:util';
import { descriptorsOf, memoryOf } from '../test/support/process-figures.ts';
import type { Caller } from './caller.ts';
import { startChild } from './child.ts';
import { allArrived } from './effects.ts';
import { printTable, type Row } from './measure.ts';
import { startOurs } from './pipeline-systems.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' } } });
const events = Number(values.events);
/** Few enough to fit into a stream of Argo's default size, should the sensor fall behind. */
const batch = Math.min(5_000, events / 20);
const callers = 16;

interface Sample {
  /** Events done before it. */
  readonly done: number;
  readonly memory: number;
  readonly descriptors: number;
}

async function soak(): Promise<Row[]> {
  await using caller = startChild<Caller>('caller');
  await using ours = await startOurs({ logLevel: 'warn' });
  const sensor = await ours.startSensor();
  const { source, target, port } = ours;
  const samples = { source: [] as Sample[], sensor: [] as Sample[] };
  let again = 0;
  const began = performance.now();
  for (let done = 0; done < events; done += batch) {
    const first = await target.ask('expect', { count: batch });
    await caller.ask('call', { port, callers, first, count: batch });
    again += (await allArrived(ours)).again;
    for (const [name, { pid }] of Object.entries({ source, sensor }) as ['source' | 'sensor', { pid: number }][])
      samples[name].push({ done: done + batch, memory: memoryOf(pid), descriptors: descriptorsOf(pid) });
  }
  const seconds = (performance.now() - began) / 1000;
  await sensor.stop();
  await source.stop();
  return [
    {
      what: `${events.toLocaleString('en-US')} events, in batches of ${batch.toLocaleString('en-US')}`,
      value: events / seconds,
      unit: '/s',
    },
    { what: 'calls of the target beyond one for each', value: again, unit: '' },
    ...rows('event source', samples.source),
    ...rows('sensor', samples.sensor),
  ];
}

function rows(what: string, samples: readonly Sample[]): Row[] {
  const settled = samples.slice(Math.floor(samples.length / 5));
  const [first, last] = [settled[0]!, settled.at(-1)!];
  return [
    { what: `${what}: resident memory after a fifth`, value: first.memory, unit: 'MB' },
    { what: 'at the end', value: last.memory, unit: 'MB' },
    { what: 'slope', value: slope(settled) * 1_000_000, unit: 'MB per million events' },
    { what: `${what}: open files after a fifth`, value: first.descriptors, unit: '' },
    { what: 'at the end', value: last.descriptors, unit: '' },
  ];
}

/** Of the line that fits best: megabytes for each event. */
function slope(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(({ done }) => done), mean(({ memory }) => memory)];
  const together = mean(({ done, memory }) => (done - x) * (memory - y));
  return together / mean(({ done }) => (done - x) ** 2);
}

printTable('soak', await soak());
