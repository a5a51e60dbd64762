import type { Event } from '../../src/core/event/event.ts';

/**
 * Waits until the events that a trigger's condition asks for have come together.
 *
 * `advance` is pure: it takes what we know and what just happened, and returns what we know now. A state that changed must be
 * saved before the delivery is acknowledged. Today every condition is "any one of these dependencies", which has nothing to
 * remember: its state never changes, so nothing is saved.
 */
export interface JoinState {
  /** The newest event of each dependency, while others are missing. */
  readonly have: ReadonlyMap<string, Event>;
}

export const nothingYet: JoinState = { have: new Map() };

export type Step =
  | { readonly kind: 'wait'; readonly state: JoinState; readonly missing: readonly string[] }
  | { readonly kind: 'fire'; readonly state: JoinState; readonly events: ReadonlyMap<string, Event> };

/** `events` is what was just admitted: one event under its dependency's name. */
export function advance(state: JoinState, events: ReadonlyMap<string, Event>): Step {
  return { kind: 'fire', state, events };
}
