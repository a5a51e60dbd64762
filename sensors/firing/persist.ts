import { EngineError } from '../../src/core/errors/engine-error.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { Clock } from '../../src/core/time/clock.ts';

const backoff = { first: 100, ceiling: 5_000 };

/**
 * Writes to the bus until it has it, however long the bus is away. Rejects only with what can never succeed.
 *
 * Once `over` has aborted it never settles: whoever waits for it must not go on as if the write were there, and must not write
 * anything else. (A promise that nobody can reach any more is simply collected.)
 */
export async function persist<T>(write: () => Promise<T>, { clock, over }: { clock: Clock; over: AbortSignal }): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    if (over.aborted) return never();
    try {
      const written = await write();
      return over.aborted ? never() : written;
    } catch (thrown) {
      if (over.aborted) return never();
      if (!(thrown instanceof EngineError) || thrown.retry === 'never') throw thrown;
      await clock.sleep(Math.ceil(waitAfter(attempt, backoff)), over);
    }
  }
}

const never = (): Promise<never> => new Promise(() => {});
