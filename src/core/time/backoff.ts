/** Waits that grow from `first` to `ceiling` milliseconds. */
export interface Backoff {
  readonly first: number;
  readonly ceiling: number;
  /** What each wait is multiplied by for the next; 2 when left out. 0 means that waits do not grow, as in Kubernetes' own back-off. */
  readonly factor?: number;
  /** The largest part of a wait that is added to it at random. Left out, waits are shortened by up to a third, so that callers do not march in step. */
  readonly jitter?: number;
}

/** The wait before attempt number `attempt` + 1; `attempt` counts from 1. `random` is in [0, 1). */
export function waitAfter(attempt: number, { first, ceiling, factor = 2, jitter }: Backoff, random: () => number = Math.random): number {
  const full = Math.min(ceiling, first * (factor || 1) ** Math.min(attempt - 1, 40));
  return jitter === undefined ? full * (1 - random() / 3) : full * (1 + random() * jitter);
}
