/**
 * Waits until the events that a trigger's condition asks for have come together.
 *
 * `advance` is pure: it takes what is held and what just came, and returns what is held now. Saving that is the work of `joins.ts`;
 * it must be saved before the event is acknowledged.
 */
import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import type { Json } from '../../src/core/json/json.ts';

/** Which of several events of one dependency count: the newest, as in Argo; the first; or all, as a list. */
export type Keep = 'latest' | 'first' | 'all';

/** What a trigger waits for, where it waits for several events together. */
export interface Join {
  /** The dependencies in it, in the order of the text, or of the rule without one. */
  readonly names: readonly string[];
  readonly keep: Keep;
  /** Whether these dependencies are enough. */
  holds(have: (name: string) => boolean): boolean;
  /** The fewest dependencies that are still wanted. */
  missing(have: (name: string) => boolean): string[];
}

/** An event that waits for others, as its trigger will see it. */
export interface Held {
  readonly event: Event;
  /** In the stream of events. */
  readonly sequence: number;
  /** When the bus stored it, in milliseconds since 1970: resets go by this. */
  readonly storedAt: number;
}

/** By dependency; oldest first, and one only unless `keep` is `all`. */
export type Matching = ReadonlyMap<string, readonly Held[]>;

export const nothingHeld: Matching = new Map();

export type Step =
  | { readonly kind: 'wait'; readonly matching: Matching; readonly missing: readonly string[] }
  | { readonly kind: 'fire'; readonly matching: Matching; readonly events: ReadonlyMap<string, Event> };

/**
 * A condition that is met fires with all that is held, also with what it did not need, and then holds nothing, as in
 * Argo. Throws EngineError EVENT_NOT_JSON where `keep` is `all` and a payload is not JSON.
 */
export function advance({ names, keep, holds, missing }: Join, matching: Matching, dependency: string, held: Held): Step {
  const now = new Map(matching).set(dependency, kept(keep, matching.get(dependency) ?? [], held));
  const have = (name: string): boolean => now.has(name);
  if (!holds(have)) return { kind: 'wait', matching: now, missing: missing(have) };
  const events = new Map<string, Event>();
  for (const name of names) {
    const those = now.get(name);
    if (those) events.set(name, keep === 'all' ? together(those) : those[0]!.event);
  }
  return { kind: 'fire', matching: nothingHeld, events };
}

function kept(keep: Keep, before: readonly Held[], held: Held): readonly Held[] {
  if (keep === 'all') return [...before, held];
  return keep === 'first' && before.length > 0 ? before : [held];
}

/** What is left when all that the bus stored before a time is forgotten; the same object when nothing is. */
export function without(matching: Matching, storedBefore: number): Matching {
  const left = new Map<string, readonly Held[]>();
  let isLess = false;
  for (const [name, those] of matching) {
    const young = those.filter((one) => one.storedAt >= storedBefore);
    isLess ||= young.length < those.length;
    if (young.length > 0) left.set(name, young);
  }
  return isLess ? left : matching;
}

/** The same events, none of them stored later than `now`. */
export const storedBy = (matching: Matching, now: number): Matching =>
  new Map([...matching].map(([name, those]) => [name, those.map((one) => ({ ...one, storedAt: Math.min(one.storedAt, now) }))]));

/** Several events of one dependency as one: the newest, with the list of all payloads, oldest first, as its payload. */
function together(those: readonly Held[]): Event {
  const newest = those.at(-1)!.event;
  const payloads = those.map(({ event }): Json => event.data?.json ?? null);
  const id = those.length === 1 ? newest.id : stableId(...those.map(({ event }) => event.id));
  return { ...newest, id, datacontenttype: 'application/json', data: EventData.fromJson(payloads) };
}
