/**
 * Where the time of our two processes goes in a burst through webhook → filter → jq → HTTP, by parts, from the profiles that Node writes.
 * `--keep FOLDER` leaves the profiles there, for a closer look with the developer tools of a browser.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Caller } from './caller.ts';
import { now, startChild } from './child.ts';
import { effectsOf } from './effects.ts';
import { printTable, type Row } from './measure.ts';
import { startOurs } from './pipeline-systems.ts';
import { type Profile, timeByPart } from './profile-parts.ts';

const { values } = parseArgs({ options: { keep: { type: 'string' }, calls: { type: 'string', default: '20000' } } });
const calls = Number(values.calls);
/** For what is done and compiled when it is met for the first time. */
const first = 5_000;

/** Writes the profiles, and resolves with when the burst was. */
async function burst(profiles: string): Promise<{ from: number; to: number }> {
  await using caller = startChild<Caller>('caller');
  await using ours = await startOurs({ profiles });
  const sensor = await ours.startSensor();
  await effectsOf(ours, caller, { count: first });
  const from = now();
  await effectsOf(ours, caller, { count: calls });
  const to = now();
  await sensor.stop();
  await ours.source.stop();
  return { from, to };
}

function rowsOf(file: string, { from, to }: { from: number; to: number }): Row[] {
  const parts = timeByPart(JSON.parse(readFileSync(file, 'utf8')) as Profile, { from: from * 1000, to: to * 1000 });
  const all = [...parts.values()].reduce((sum, time) => sum + time, 0) / calls;
  return [...parts]
    .sort(([, one], [, other]) => other - one)
    .map(([what, time]) => ({ what, value: time / calls, unit: 'µs/event', ceiling: all, of: 'all' }));
}

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'sensorium-profiles-'));
try {
  const when = await burst(folder);
  for (const process of ['eventsource', 'sensor'])
    printTable(`${process}, where its time goes`, rowsOf(join(folder, `${process}.cpuprofile`), when));
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
