import { fromUnknown } from '../errors/from-unknown.ts';
import type { Tell } from '../telemetry/tell.ts';
import { waitAfter } from '../time/backoff.ts';
import type { Clock } from '../time/clock.ts';

const backoff = { first: 200, ceiling: 30_000 };

/**
 * Runs a part until the signal aborts, and starts it again when it fails: after 0.2 s, doubling to 30 s, and anew from 0.2 s
 * once it has run for a minute. A reason is told once, not once an attempt. Never rejects.
 */
export async function supervise(
  part: string,
  run: (signal: AbortSignal) => Promise<void>,
  { signal, clock, tell }: { signal: AbortSignal; clock: Clock; tell: Tell },
): Promise<void> {
  let failures = 0;
  let told: string | undefined;
  while (!signal.aborted) {
    const started = clock.monotonic();
    try {
      await run(signal);
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (clock.monotonic() - started > 60_000) {
        failures = 0;
        told = undefined;
      }
      failures += 1;
      const wait = waitAfter(failures, backoff);
      const error = fromUnknown(thrown);
      const fields = { part, error, retryIn: Math.round(wait) };
      if (told === error.message) tell.workerFailedAgain(fields);
      else tell.workerFailed(fields);
      told = error.message;
      await clock.sleep(wait, signal);
    }
  }
}
