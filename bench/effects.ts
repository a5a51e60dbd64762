/** How long it takes from a call to its effect, at a steady rate or as fast as may be. */
import type { Caller } from './caller.ts';
import type { Child } from './child.ts';
import type { System } from './pipeline-systems.ts';
import type { Arrivals } from './target.ts';

/** At a steady rate enough for any that is asked for; a call waits for a free one beyond. */
const callers = { paced: 64, burst: 16 };
const within = 60_000;

/** Rejects when not all that is expected has come within a minute. */
export async function allArrived({ target }: System): Promise<Arrivals> {
  const arrivals = await target.ask('arrivals', { within });
  if (arrivals.missing > 0) throw new Error(`${arrivals.missing} calls had no effect within ${within / 1000} s`);
  return arrivals;
}

export interface Load {
  readonly count: number;
  /** Calls a second; as fast as they are answered when left out. */
  readonly rate?: number;
}

export interface Effects {
  /** Of each call, in milliseconds. */
  readonly took: readonly number[];
  /** Done a second, from the first call to the last effect. */
  readonly done: number;
}

export async function effectsOf(system: System, caller: Child<Caller>, { count, rate }: Load): Promise<Effects> {
  const { port, target } = system;
  const first = await target.ask('expect', { count });
  const many = rate === undefined ? { callers: callers.burst } : { callers: callers.paced, rate };
  const { begun } = await caller.ask('call', { port, first, count, ...many });
  const { at } = await allArrived(system);
  const took = Array.from(begun, (since, index) => at[index]! - since);
  return { took, done: (count * 1000) / (at.reduce((last, each) => Math.max(last, each), 0) - begun[0]!) };
}
