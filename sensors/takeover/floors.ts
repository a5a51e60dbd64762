import type { Position } from '../../eventbus/bus.ts';

/** What Argo had done for a trigger and dependency when the sensor moved over. */
export interface Floor extends Position {
  readonly trigger: string;
  readonly dependency: string;
}

/**
 * What Argo had done of a sensor when it moved to us. Argo's triggers each stand where they stand, and we have one place for all: we
 * begin at the lowest, and leave out what was done.
 */
export class Floors {
  readonly #floors: readonly (Floor & { readonly left: ReadonlySet<number> })[];
  readonly #highest: number;

  constructor(floors: readonly Floor[]) {
    this.#floors = floors.map((floor) => ({ ...floor, left: new Set(floor.except) }));
    this.#highest = Math.max(0, ...floors.map(({ upTo }) => upTo));
  }

  /** The first sequence that something is left to do for. */
  get from(): number {
    return Math.min(...this.#floors.map(({ upTo, except }) => Math.min(upTo + 1, ...except)));
  }

  /**
   * True if Argo has done the event for this trigger; without one, for every trigger that waits for the dependency. An event that is taken
   * again on request has the sequence 0.
   */
  isDone(sequence: number, dependency: string, trigger?: string): boolean {
    if (sequence === 0 || sequence > this.#highest) return false;
    const those = this.#floors.filter((one) => one.dependency === dependency && (trigger === undefined || one.trigger === trigger));
    return those.length > 0 && those.every(({ upTo, left }) => sequence <= upTo && !left.has(sequence));
  }
}
