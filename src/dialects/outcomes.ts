import type { Json } from '../core/json/json.ts';
import type { Clock } from '../core/time/clock.ts';

/** What became of an event in one trigger. */
interface EventOutcome {
  readonly trigger: string;
  readonly outcome: 'done' | 'stopped' | 'failed';
  /** What was done, or why not. */
  readonly message: string;
  readonly detail?: Json;
}

interface Awaited {
  readonly told: Map<string, EventOutcome>;
  triggers: readonly string[] | undefined;
  wake(): void;
}

/**
 * What becomes of events in this process, for callers who wait for it. Only what somebody waits for is kept, and only as long.
 */
export class Outcomes {
  readonly #awaited = new Map<string, Set<Awaited>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * In their order, what each trigger has told by the time all have, or `within` milliseconds; to be called before the event can be worked. `pending` where
   * some have not told anything. A trigger that failed may do better later. Never rejects.
   */
  async expect(event: string, within: number, signal: AbortSignal): Promise<{ triggers: EventOutcome[]; pending?: true }> {
    const all = this.#awaited.get(event) ?? new Set();
    this.#awaited.set(event, all);
    let wake = (): void => {};
    const enough = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const awaited: Awaited = { told: new Map(), triggers: undefined, wake };
    all.add(awaited);
    const takeBack = this.#clock.after(within, wake);
    signal.addEventListener('abort', wake);
    if (signal.aborted) wake();
    await enough;
    takeBack();
    signal.removeEventListener('abort', wake);
    all.delete(awaited);
    if (all.size === 0) this.#awaited.delete(event);
    const inOrder = (awaited.triggers ?? []).flatMap((trigger) => awaited.told.get(trigger) ?? []);
    return { triggers: inOrder, ...(isWhole(awaited) ? {} : { pending: true }) };
  }

  /** Which triggers an event concerns: their outcomes are waited for. */
  concerns(event: string, triggers: readonly string[]): void {
    for (const awaited of this.#awaited.get(event) ?? []) {
      awaited.triggers = triggers;
      if (isWhole(awaited)) awaited.wake();
    }
  }

  isAwaited(event: string): boolean {
    return this.#awaited.has(event);
  }

  tell(event: string, outcome: EventOutcome): void {
    for (const awaited of this.#awaited.get(event) ?? []) {
      awaited.told.set(outcome.trigger, outcome);
      if (isWhole(awaited)) awaited.wake();
    }
  }
}

const isWhole = ({ triggers, told }: Awaited): boolean => triggers?.every((trigger) => told.has(trigger)) ?? false;
