/**
 * Call → effect through webhook → filter → jq → HTTP at 30 to 3,000 calls a second and at full speed, ours beside the bare sketch.
 * `--picture FILE` writes it as an SVG too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Caller } from './caller.ts';
import { startChild } from './child.ts';
import { effectsOf, type Load } from './effects.ts';
import { type Line, picture } from './load-picture.ts';
import { percentile, printTable, type Row } from './measure.ts';
import { startOurs, startSketch } from './pipeline-systems.ts';

const { values } = parseArgs({ options: { picture: { type: 'string' } } });

const loads: readonly Load[] = [
  { rate: 30, count: 450 },
  { rate: 100, count: 600 },
  { rate: 300, count: 1_200 },
  { rate: 1_000, count: 3_000 },
  { rate: 3_000, count: 9_000 },
  { count: 20_000 },
];
/** For what is done when it is met for the first time. */
const first: Load = { rate: 500, count: 2_000 };

interface Point {
  readonly done: number;
  readonly p50: number;
  readonly p99: number;
}

async function measured(): Promise<Point[][]> {
  await using caller = startChild<Caller>('caller');
  await using ours = await startOurs();
  await using sketch = await startSketch();
  const systems = [ours, sketch];
  const sensors = await Promise.all(systems.map((system) => system.startSensor()));
  for (const system of systems) await effectsOf(system, caller, first);
  const points: Point[][] = systems.map(() => []);
  for (const load of loads) {
    for (const [index, system] of systems.entries()) {
      const { took, done } = await effectsOf(system, caller, load);
      points[index]!.push({ done, p50: percentile(took, 50), p99: percentile(took, 99) });
    }
  }
  for (const sensor of sensors) await sensor.stop();
  return points;
}

function rowsOf([ours = [], sketch = []]: readonly Point[][]): Row[] {
  return loads.flatMap(({ rate }, index) => {
    const [our, their] = [ours[index]!, sketch[index]!];
    const row = (what: string, key: keyof Point, unit: string): Row => ({
      what,
      unit,
      value: our[key],
      ceiling: their[key],
      of: 'the sketch',
    });
    const load = rate === undefined ? 'at full speed' : `at ${rate.toLocaleString('en-US')} calls/s`;
    return [
      row(`call → effect ${load}, p50`, 'p50', 'ms'),
      row('p99', 'p99', 'ms'),
      ...(rate === undefined ? [row('done', 'done', '/s')] : []),
    ];
  });
}

const lineOf = (name: string, points: readonly Point[], key: 'p50' | 'p99'): Line => ({
  name: `${name}, ${key}`,
  kind: `${name === 'the sketch' ? 'sketch' : 'ours'} ${key}`,
  points: points.map((point) => ({ x: point.done, y: point[key] })),
});

const points = await measured();
if (values.picture !== undefined) {
  const lines = (['p99', 'p50'] as const).flatMap((key) => [lineOf('Sensorium', points[0]!, key), lineOf('the sketch', points[1]!, key)]);
  mkdirSync(dirname(values.picture), { recursive: true });
  writeFileSync(values.picture, picture(lines));
}
printTable('latency under load', rowsOf(points));
