/** How long it takes from a call to its effect when calls come at a steady rate. */
import type { Caller } from './caller.ts';
import type { Child } from './child.ts';
import type { System } from './pipeline-systems.ts';

/** Enough for the quickest load that is asked for; a call waits for a free one beyond. */
const callers = 64;
const within = 30_000;

/** Of each call, in milliseconds. */
export async function paced(
  { port, target }: System,
  caller: Child<Caller>,
  { rate, count }: { rate: number; count: number },
): Promise<number[]> {
  await target.ask('expect', { first: 0, count });
  const { begun } = await caller.ask('call', { port, first: 0, count, callers, rate });
  const { at, missing } = await target.ask('arrivals', { within });
  if (missing > 0) throw new Error(`${missing} of ${count} calls had no effect within ${within / 1000} s`);
  return Array.from(begun, (since, index) => at[index]! - since);
}
