import type { StateStore } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { waitAfter } from '../../src/core/time/backoff.ts';
import type { Clock } from '../../src/core/time/clock.ts';

/** Milliseconds for which a process that was cut off may still write, before it knows of it: it hung, or its requests are on their way. */
export const lateFor = 600_000;

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

/**
 * Writes an entry whose revision we know; resolves with its new revision. A conflict is no conflict where the entry is what we meant to
 * write: the answer to an earlier try was lost. Any other means that somebody else is the owner, and rejects.
 */
export function persistEntry(
  store: StateStore,
  { key, value, revision }: { readonly key: string; readonly value: Uint8Array; readonly revision: number },
  context: { clock: Clock; over: AbortSignal },
): Promise<number> {
  return persist(async () => {
    try {
      return await store.set(key, value, revision);
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || thrown.code !== 'CONFLICT_STATE') throw thrown;
      const there = await store.get(key);
      if (there && Buffer.from(there.value).equals(value)) return there.revision;
      throw new EngineError('CONFLICT_STATE', thrown.fields, { cause: thrown, retry: 'never' });
    }
  }, context);
}

const never = (): Promise<never> => new Promise(() => {});
