import { setMaxListeners } from 'node:events';
import type { EngineError } from '../src/core/errors/engine-error.ts';
import { fromUnknown } from '../src/core/errors/from-unknown.ts';
import { unlessAborted } from '../src/core/lifecycle/unless-aborted.ts';
import { waitAfter } from '../src/core/time/backoff.ts';
import type { Clock } from '../src/core/time/clock.ts';

const backoff = { first: 100, ceiling: 10_000 };

interface Circumstances {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Called when waiting begins, and when its reason changes: not for every try. */
  waiting(error: EngineError): void;
}

/**
 * A way to run operations that waits out whatever passes by itself (a bus that is away or full), for ever, with a jittered back-off
 * from 0.1 to 10 s. Operations may run side by side; they share one notion of "waiting", so that an outage is told once.
 *
 * What it returns rejects as soon as the signal (or `until` in its place) aborts, also while an operation is under way, and with errors that time does not mend.
 */
export function createPatience({
  signal,
  clock,
  waiting,
}: Circumstances): <T>(operation: () => Promise<T>, until?: AbortSignal) => Promise<T> {
  let told: string | undefined;
  setMaxListeners(0, signal);
  return async (operation, until = signal) => {
    for (let attempt = 1; ; attempt++) {
      until.throwIfAborted();
      try {
        const result = await unlessAborted(operation(), until);
        told = undefined;
        return result;
      } catch (thrown) {
        until.throwIfAborted();
        const error = fromUnknown(thrown);
        if (error.retry === 'never' || error.retry === 'now') throw error;
        if (told !== error.code) waiting(error);
        told = error.code;
        await clock.sleep(typeof error.retry === 'object' ? error.retry.after : waitAfter(attempt, backoff), until);
      }
    }
  };
}
