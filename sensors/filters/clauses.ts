/** What `data` and `exprs` have in common: a list of clauses over a JSON payload, all of which must hold, or any one. */
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import type { EventData } from '../../src/core/event/data.ts';
import { type Pieces, piecemeal } from '../../src/core/time/pieces.ts';
import { errorAmong, type LongFilter, type Refusal } from './verdict.ts';

/** A clause that could not be evaluated has the bare problem as its reason; who combines clauses words the whole. */
export type Clause = (payload: EventData) => Refusal | undefined;

export interface Clauses {
  /** `filters.data`. */
  readonly at: string;
  /** Argo's word for them in its error texts. */
  readonly word: 'data' | 'expr';
  readonly all: readonly Clause[];
  /** One is enough. */
  readonly any: boolean;
  /** Argo's words for no event at all. */
  readonly noEvent: string;
  /** Why nothing passes an empty list of which one is to hold; without it an empty list lets everything pass. */
  readonly none?: string;
}

/** An event without a payload passes, as in Argo. */
export function clauseFilter({ at, word, all, any, noEvent, none }: Clauses): LongFilter {
  const failure = (place: string, problem: string): Refusal => ({ at: place, because: `${word} filter error (${problem})`, failed: true });

  function* everyOne(payload: EventData): Pieces<Refusal | undefined> {
    for (const clause of all) {
      const refusal = clause(payload);
      if (refusal) return refusal.failed ? { ...refusal, ...failure(refusal.at, refusal.because) } : refusal;
      yield;
    }
    return undefined;
  }

  function* anyOne(payload: EventData): Pieces<Refusal | undefined> {
    const refusals: Refusal[] = [];
    for (const clause of all) {
      const refusal = clause(payload);
      if (!refusal) return undefined;
      refusals.push(refusal);
      yield;
    }
    const failed = refusals.filter((one) => one.failed).map((one) => one.because);
    if (failed.length > 0) return { at, because: `${word} filter errors [${failed.join(' / ')}]`, failed: true, ...errorAmong(refusals) };
    return { at, because: refusals.map((one) => one.because).join('; ') || (none ?? '') };
  }

  return piecemeal(function* (event) {
    if (all.length === 0 && none === undefined) return undefined;
    if (!event) return failure(at, noEvent);
    if (!event.data) return undefined;
    try {
      void event.data.json;
    } catch (thrown) {
      const { because: problem } = failure(at, reasonOf(thrown));
      const error = new EngineError('EVENT_FILTER_FAILED', { problem }, { cause: thrown });
      return { ...failure(at, 'event data not valid JSON'), error };
    }
    return yield* any ? anyOne(event.data) : everyOne(event.data);
  });
}
