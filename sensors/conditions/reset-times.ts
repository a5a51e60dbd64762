import type { CompiledTrigger } from '../compiled.ts';

/** The resets of a sensor's triggers as they come, each once. */
export class ResetTimes {
  readonly #triggers: readonly CompiledTrigger[];
  /** The last reset of each trigger that has resets. */
  readonly #last = new Map<CompiledTrigger, number>();
  /** When the next one comes, in milliseconds since 1970; for ever without any. */
  next = Number.POSITIVE_INFINITY;

  constructor(triggers: readonly CompiledTrigger[]) {
    this.#triggers = triggers.filter(({ join }) => join?.resets);
  }

  /** The triggers for which one has come since this was asked last, each with when. */
  come(now: number): [CompiledTrigger, number][] {
    this.next = Math.min(...this.#triggers.map(({ join }) => join!.resets!.next(now) ?? Number.POSITIVE_INFINITY));
    return this.#triggers.flatMap((trigger): [CompiledTrigger, number][] => {
      const last = trigger.join!.resets!.last(now + 1);
      if (last === undefined || last <= (this.#last.get(trigger) ?? Number.NEGATIVE_INFINITY)) return [];
      this.#last.set(trigger, last);
      return [[trigger, last]];
    });
  }

  /** The clock begins anew: what came later than it shows has not come. */
  beginAnew(): void {
    this.#last.clear();
  }
}
