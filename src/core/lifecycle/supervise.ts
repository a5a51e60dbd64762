import { fromUnknown } from '../errors/from-unknown.ts';
import type { Tell } from '../telemetry/tell.ts';
import { waitAfter } from '../time/backoff.ts';
import type { Clock } from '../time/clock.ts';

const backoff = { first: 200, ceiling: 30_000 };

/**
 * Runs a part until the signal aborts, and starts it again when it fails: after 0.2 s, doubling to 30 s, and anew from 0.2 s
 * once it has run for a minute. Each failure is told once. Never rejects.
 */
export async function supervise(
  part: string,
  run: (signal: AbortSignal) => Promise<void>,
  { signal, clock, tell }: { signal: AbortSignal; clock: Clock; tell: Tell },
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const started = clock.monotonic();
    try {
      await run(signal);
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (clock.monotonic() - started > 60_000) failures = 0;
      failures += 1;
      const wait = waitAfter(failures, backoff);
      tell.workerFailed({ part, error: fromUnknown(thrown), retryIn: Math.round(wait) });
      await clock.sleep(wait, signal);
    }
  }
}
