import { eventually } from './eventually.ts';
import type { Program } from './sensorium.ts';

/** A program of ours that serves its health and its metrics. */
export interface Process extends Program {
  /** The sum of a counter over all its labels. */
  metric(name: string): Promise<number>;
  /** All that it measures, as Prometheus reads it. */
  metrics(): Promise<string>;
  ready(): Promise<void>;
}

/** Resolves when the program has said on which port its metrics are. */
export async function asProcess(program: Program): Promise<Process> {
  const port = Number((await program.seen(/"port":(\d+)/, 30_000))[1]);
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const metrics = async () => (await ask('/metrics')).text();
  return Object.assign(program, {
    metrics,
    async metric(name: string) {
      const text = await metrics();
      return [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
    },
    ready: async () => void (await eventually(async () => (await ask('/readyz')).ok, 30_000)),
  });
}
