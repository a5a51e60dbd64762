import type { Clock } from './clock.ts';

/** Waits for the work, but no longer than so many milliseconds. Rejects as the work does. Leaves no timer behind, which would hold a process that ends. */
export async function atMost(within: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  try {
    await Promise.race([work, clock.sleep(within, enough.signal)]);
  } finally {
    enough.abort();
  }
}

export interface Deadline {
  /** Milliseconds. */
  readonly within: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What it rejects with when the time is over, or when the signal aborts. */
  readonly late: () => Error;
}

/** Settles with the work, or rejects when that takes too long. The work is not stopped by that; nobody listens to it any more. */
export async function inTime<T>(work: Promise<T>, { within, clock, signal, late }: Deadline): Promise<T> {
  let end = () => {};
  const over = new Promise<never>((_, reject) => {
    end = () => reject(late());
  });
  const stopTimer = clock.after(within, end);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await Promise.race([work, over]);
  } finally {
    stopTimer();
    signal.removeEventListener('abort', end);
  }
}
