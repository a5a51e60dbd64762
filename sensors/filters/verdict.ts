import type { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Event } from '../../src/core/event/event.ts';

/** Why a filter says no. */
export interface Refusal {
  /** The clause, as a path below the dependency: `filters.data[0]`. */
  readonly at: string;
  /** What was found and what was wanted; where the filter failed, Argo's own words. */
  readonly because: string;
  /** The filter could not be evaluated, which is more than a no: a missing path, a payload that is not JSON. */
  readonly failed?: true;
  /** Set when the event itself is broken. */
  readonly error?: EngineError;
}

/** Says nothing when the event passes. No event at all passes nothing. */
export type Filter = (event: Event | undefined) => Refusal | undefined;
