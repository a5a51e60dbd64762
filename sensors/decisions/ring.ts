import type { Event } from '../../src/core/event/event.ts';
import type { Json } from '../../src/core/json/json.ts';
import type { Verdict } from '../compiled.ts';
import type { Attempt, EventFacts, Failure, Fate } from './decision.ts';

/** What is known so far of an event, with the objects at hand: text is made of it when it is written. */
export interface Open {
  /** The place in the store. */
  readonly slot: number;
  readonly at: number;
  readonly facts: EventFacts;
  /** Undefined where nobody has seen it whole, and where it is too large to be kept. */
  readonly event: Event | undefined;
  readonly bytes: number;
  readonly judged: Map<string, Said>;
  /** Dependencies refused it that are not among the judged. */
  refusalsLeftOut?: boolean;
  /** By trigger; firings by their ids. */
  readonly fates: Map<string, OpenFate>;
  /** Some firings came when too many did, and are not among the fates. */
  passedOver?: boolean;
}

/** What a dependency said, or that it could not say anything. */
export type Said = Verdict | { readonly failed: Failure };

export interface OpenFate extends Omit<Fate, 'events'> {
  kind: Fate['kind'];
  summary?: string;
  rendered?: Json;
  queued?: boolean;
  /** The dlqTrigger, where it was handed over. */
  because?: string;
  readonly attempts?: Attempt[];
  readonly of: readonly Open[];
  readonly dependencies?: ReadonlyMap<string, Event>;
}

/** What an event has come to: a busy filter must not drive out what fired, nor the other way. */
type Shelf = 'refused' | 'taken' | 'failed';

/**
 * The last events of a sensor, so many and no more. When a new one comes, the oldest of the largest shelf makes room: of refused, taken
 * and failed ones each has its share.
 */
export class Ring {
  readonly #shelves: Record<Shelf, Map<string, Open>> = { refused: new Map(), taken: new Map(), failed: new Map() };
  /** Places that no event of this process has, to be used in this order. */
  readonly #free: number[];
  readonly #gone: (one: Open) => void;

  /** `gone` is told what is forgotten. */
  constructor(places: readonly number[], gone: (one: Open) => void) {
    this.#free = [...places];
    this.#gone = gone;
  }

  find(id: string): Open | undefined {
    const { refused, taken, failed } = this.#shelves;
    return taken.get(id) ?? failed.get(id) ?? refused.get(id);
  }

  add(shelf: Shelf, one: Omit<Open, 'slot' | 'judged' | 'refusalsLeftOut' | 'fates'>): Open {
    const open = { ...one, slot: this.#place(), judged: new Map(), fates: new Map() };
    this.#shelves[shelf].set(one.facts.id, open);
    return open;
  }

  move(shelf: Shelf, open: Open): void {
    const { id } = open.facts;
    for (const one of Object.values(this.#shelves)) if (one.get(id) === open) one.delete(id);
    this.#shelves[shelf].set(id, open);
  }

  /** True if it is still here. */
  has(open: Open): boolean {
    return this.find(open.facts.id) === open;
  }

  #place(): number {
    const free = this.#free.shift();
    if (free !== undefined) return free;
    const [largest] = Object.values(this.#shelves).sort((a, b) => b.size - a.size);
    const oldest = largest!.values().next().value!;
    largest!.delete(oldest.facts.id);
    this.#gone(oldest);
    return oldest.slot;
  }
}
