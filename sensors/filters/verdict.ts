import type { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';
import type { Piecemeal, Pieces } from '../../src/core/time/pieces.ts';

/** Why a filter says no. */
export interface Refusal {
  /** The clause, as a path below the dependency: `filters.data[0]`. */
  readonly at: string;
  /** What was found and what was wanted; where the filter failed, Argo's own words. */
  readonly because: string;
  /** The filter could not be evaluated, which is more than a no: a missing path, a payload that is not JSON. */
  readonly failed?: true;
  /** Set when the event itself is broken, or cost more than one may: it is then set aside, and not only refused. */
  readonly error?: EngineError;
}

/** What a failed clause adds to its refusal: the error, if it spent more than it may. */
export const overspent = (error: EngineError): Pick<Refusal, 'error'> => (error.code === 'EVENT_LIMIT' ? { error } : {});

/** The first error among refusals, to go with the refusal that tells of them all. */
export const errorAmong = (refusals: readonly Refusal[]): Pick<Refusal, 'error'> => {
  const error = refusals.find((one) => one.error)?.error;
  return error ? { error } : {};
};

/** Says nothing when the event passes. No event at all passes nothing. */
export type Filter = (event: Event | undefined) => Refusal | undefined;

/** A filter of many clauses, each of which may take a while. */
export type LongFilter = Piecemeal<[event: Event | undefined], Refusal | undefined>;

/** What a filter says, in as many pieces as it has. */
export function* asked(filter: Filter | LongFilter, event: Event | undefined): Pieces<Refusal | undefined> {
  const refusal = 'pieces' in filter ? yield* filter.pieces(event) : filter(event);
  yield;
  return refusal;
}
