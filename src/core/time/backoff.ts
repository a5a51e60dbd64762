/** Waits that double from `first` to `ceiling` milliseconds, each shortened by up to a third at random so that callers do not march in step. */
export interface Backoff {
  readonly first: number;
  readonly ceiling: number;
}

/** The wait before attempt number `attempt` + 1; `attempt` counts from 1. `random` is in [0, 1). */
export function waitAfter(attempt: number, { first, ceiling }: Backoff, random: () => number = Math.random): number {
  const full = Math.min(ceiling, first * 2 ** Math.min(attempt - 1, 40));
  return full * (1 - random() / 3);
}
