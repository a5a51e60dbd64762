/**
 * webhook → filter → jq → HTTP trigger: our event source and sensor beside a bare sketch of the same way, in alternating rounds. In each
 * round 20,000 calls come while no sensor runs, then a sensor starts and works them off, then 20,000 calls come while it runs.
 */
import { parseArgs } from 'node:util';
import { memoryOf, peakMemoryOf, processorTimeOf } from '../test/support/process-figures.ts';
import type { Caller } from './caller.ts';
import { type Child, startChild } from './child.ts';
import { allArrived } from './effects.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { type System, startOurs, startSketch } from './pipeline-systems.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    calls: { type: 'string', default: '20000' },
    'log-level': { type: 'string', default: 'info' },
  },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
const callers = 16;

type Figures = Map<string, number[]>;

/** Remembers a figure of one round. */
const note = (figures: Figures, what: string, value: number): void => void figures.set(what, [...(figures.get(what) ?? []), value]);

const perEvent = (milliseconds: number): number => (milliseconds * 1000) / calls;

async function round(system: System, caller: Child<Caller>, figures: Figures): Promise<void> {
  const { source, port, target } = system;
  const call = async (): Promise<{ rate: number; began: number; spent: number }> => {
    const first = await target.ask('expect', { count: calls });
    const before = processorTimeOf(source.pid);
    const { begun, ended } = await caller.ask('call', { port, first, count: calls, callers });
    const spent = perEvent(processorTimeOf(source.pid) - before);
    return { rate: (calls * 1000) / (ended - begun[0]!), began: begun[0]!, spent };
  };

  const unheard = await call();
  note(figures, 'accepted, no sensor running', unheard.rate);
  note(figures, 'source, no sensor running', unheard.spent);

  await using sensor = await system.startSensor();
  const drained = (await allArrived(system)).at.sort();
  note(figures, 'backlog', ((calls - 1) * 1000) / (drained.at(-1)! - drained[0]!));
  note(figures, 'sensor with its start, backlog', perEvent(processorTimeOf(sensor.pid)));

  const before = processorTimeOf(sensor.pid);
  const heard = await call();
  const last = (await allArrived(system)).at.sort().at(-1)!;
  note(figures, 'accepted', heard.rate);
  note(figures, 'done', (calls * 1000) / (last - heard.began));
  note(figures, 'source', heard.spent);
  note(figures, 'sensor', perEvent(processorTimeOf(sensor.pid) - before));
  note(figures, 'memory of the sensor', peakMemoryOf(sensor.pid));
  await sensor.stop();
}

async function idleMemory(system: System, figures: Figures): Promise<void> {
  await using sensor = await system.startSensor();
  note(figures, 'idle memory of the source', memoryOf(system.source.pid));
  note(figures, 'idle memory of the sensor', memoryOf(sensor.pid));
  await sensor.stop();
}

async function pipeline(): Promise<Row[]> {
  await using caller = startChild<Caller>('caller');
  await using ours = await startOurs({ logLevel: values['log-level'] });
  await using sketch = await startSketch();
  const systems = [ours, sketch].map((system) => ({ system, figures: new Map() as Figures }));
  for (const { system, figures } of systems) await idleMemory(system, figures);
  for (let index = 0; index < rounds; index++)
    for (const { system, figures } of index % 2 === 0 ? systems : [...systems].reverse()) await round(system, caller, figures);
  for (const { system, figures } of systems) note(figures, 'memory of the source', peakMemoryOf(system.source.pid));

  const row = (what: string, unit: string, key: string): Row => {
    const [value, ceiling] = systems.map(({ figures }) => percentile(figures.get(key)!, 50));
    return { what, unit, value: value!, ceiling: ceiling!, of: 'the sketch' };
  };
  return [
    row(`burst of ${calls.toLocaleString('en-US')}, ${callers} callers: accepted`, '/s', 'accepted'),
    row('the same: done', '/s', 'done'),
    row('accepted with no sensor running', '/s', 'accepted, no sensor running'),
    row('done from a backlog', '/s', 'backlog'),
    row('processor time of the source in the burst', 'µs/event', 'source'),
    row('the same with no sensor running', 'µs/event', 'source, no sensor running'),
    row('processor time of the sensor in the burst', 'µs/event', 'sensor'),
    row('the same from a backlog, its start included', 'µs/event', 'sensor with its start, backlog'),
    row('resident memory of the source, idle', 'MB', 'idle memory of the source'),
    row('highest', 'MB', 'memory of the source'),
    row('resident memory of the sensor, idle', 'MB', 'idle memory of the sensor'),
    row('highest', 'MB', 'memory of the sensor'),
  ];
}

printTable('webhook → filter → jq → HTTP', await pipeline());
