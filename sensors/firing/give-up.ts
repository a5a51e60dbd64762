import type { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { CompiledTrigger } from '../compiled.ts';
import { handedTo } from './dlq.ts';
import { CountedHold } from './hold.ts';
import type { LaneContext } from './lane-context.ts';
import type { Report } from './report.ts';
import type { Work } from './work.ts';

interface Failure {
  readonly error: EngineError;
  readonly rendered: Json | undefined;
}

/**
 * Resolves when a firing that is tried no more is safe: the dlqTrigger's queue has its events, or the dead-letter store.
 *
 * Until then it is where it was. So a crash repeats its last attempt and hands it over again, and the queue keeps it once.
 */
export async function giveUp(
  work: Work,
  { error, rendered }: Failure,
  trigger: CompiledTrigger,
  report: Report,
  context: LaneContext,
): Promise<void> {
  const { dlq } = trigger;
  if (!dlq || !work.waiting) return report.park(work, error, rendered);
  const { firing, storedAt } = work.waiting;
  await new Promise<void>((resolve) => {
    // As one that may have been done before, it is put into the queue first.
    const hold = new CountedHold(true, (settled) => {
      settled.tellSettled();
      resolve();
    });
    context.fire({ firing: handedTo(dlq, firing, trigger, error), decidedAt: context.clock.now(), storedAt, attempts: 0 }, hold);
    hold.release();
  });
  report.handedOver(work, error, dlq.name);
}
