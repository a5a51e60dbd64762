/**
 * How fast something is, here and now: for the programs in this folder.
 *
 * Compare figures of one run; those of two runs or two machines say little about each other.
 */
import { availableParallelism, cpus } from 'node:os';

/** One figure, beside what is possible or what it competes with. */
export interface Row {
  readonly what: string;
  readonly value: number;
  /** `/s`, `ms`, `MB`, … */
  readonly unit: string;
  readonly ceiling?: number;
  /** What the ceiling is the figure of. */
  readonly of?: string;
}

/** Something short that is done again and again. */
export interface Operation {
  readonly what: string;
  /** What it returns is kept, so that it is not optimised away. */
  readonly run: () => unknown;
  /** The `what` of the operation that is its ceiling. */
  readonly against?: string;
}

/**
 * Operations a second: the median of rounds, each of which runs every operation for `slice` milliseconds, so that a neighbour on the
 * machine disturbs them alike. One round before warms up.
 */
export function measure(operations: readonly Operation[], { rounds = 7, slice = 40 } = {}): Row[] {
  const speeds = new Map(operations.map(({ what }) => [what, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const { what, run } of operations) {
      const speed = speedOf(run, slice);
      if (round >= 0) speeds.get(what)!.push(speed);
    }
  }
  const speedNamed = (what: string) => percentile(speeds.get(what) ?? [], 50);
  return operations.map(({ what, against }) => ({
    what,
    value: speedNamed(what),
    unit: '/s',
    ...(against === undefined ? {} : { ceiling: speedNamed(against), of: against }),
  }));
}

function speedOf(run: () => unknown, slice: number): number {
  let kept: unknown;
  let done = 0;
  const start = performance.now();
  for (let batch = 1; ; batch = Math.min(batch * 2, 256)) {
    for (let index = 0; index < batch; index++) kept = run();
    done += batch;
    const took = performance.now() - start;
    if (took >= slice) return kept === run ? Number.NaN : (done / took) * 1000;
  }
}

/** The value below which `percent` of the values lie; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const inOrder = [...values].sort((a, b) => a - b);
  return inOrder[Math.min(Math.floor((inOrder.length * percent) / 100), inOrder.length - 1)] ?? Number.NaN;
}

export function printTable(title: string, rows: readonly Row[]): void {
  console.log(
    `${title}  (${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, node ${process.versions.node})`,
  );
  const cells = rows.map(({ what, value, unit, ceiling, of }) => [
    what,
    `${figure(value)} ${unit}`,
    ceiling === undefined ? '' : `${(value / ceiling).toFixed(2)} × ${of} (${figure(ceiling)} ${unit})`,
  ]);
  const width = (column: number) => Math.max(...cells.map((row) => row[column]!.length));
  for (const [what, value, ratio] of cells) {
    console.log(`  ${what!.padEnd(width(0))}  ${value!.padStart(width(1))}  ${ratio}`.trimEnd());
  }
}

const figure = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
