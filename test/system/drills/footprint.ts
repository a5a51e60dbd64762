import { descriptorsOf, memoryOf } from '../../support/process-figures.ts';

/** What a process holds. */
export interface Footprint {
  /** Open files, sockets among them. */
  readonly files: number;
  /** Resident memory. */
  readonly megabytes: number;
}

export const footprint = (pid: number): Footprint => ({ files: descriptorsOf(pid), megabytes: memoryOf(pid) });

/** Connections come and go within their limits, and memory waits to be collected; a socket kept for each call would be thousands. */
const mayGrow = { files: 50, megabytes: 80 } as const;

/**
 * Whether what was seen at even intervals of a steady load stays below its limits, and is not more in the last quarter than in the second:
 * in the first the process still warms up.
 */
export function growthIn(seen: readonly Footprint[], limits: Footprint): { readonly shown: string; readonly problem: string | undefined } {
  const most = (part: readonly Footprint[], of: keyof Footprint): number => Math.round(Math.max(...part.map((one) => one[of])));
  const quarter = (number: number) => seen.slice(Math.floor((seen.length * (number - 1)) / 4), Math.ceil((seen.length * number) / 4));
  const problems: string[] = [];
  const shown: string[] = [];
  for (const [of, unit] of [
    ['files', 'open files'],
    ['megabytes', 'MB'],
  ] as const) {
    const [first, whole, second, last] = [most(seen.slice(0, 1), of), most(seen, of), most(quarter(2), of), most(quarter(4), of)];
    shown.push(`${first} ${unit} before, ${whole} at most, ${second} in the second quarter, ${last} in the last`);
    if (whole > limits[of]) problems.push(`had ${whole} ${unit}, and ${limits[of]} are the limit`);
    if (last > second + mayGrow[of]) problems.push(`had ${last} ${unit} in the last quarter, and ${second} in the second`);
  }
  return { shown: shown.join('; '), problem: problems.length > 0 ? problems.join('; ') : undefined };
}
