import { setTimeout as delay } from 'node:timers/promises';

/** Time as a value that is passed in, so that tests can turn it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that only go forward, for measuring. */
  monotonic(): number;
  /** Resolves after `milliseconds`, or at once when the signal aborts (it never rejects: callers look at the signal). */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after `milliseconds`; the returned function takes it back. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    if (signal?.aborted) return;
    await delay(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
  },
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
