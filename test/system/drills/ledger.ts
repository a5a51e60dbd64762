/** What became of all numbers. */
export interface Account {
  readonly accepted: number;
  /** Those of the accepted that had their effect. */
  readonly done: number;
  /** Those of the accepted that ended as dead letters and had none. */
  readonly parked: number;
  /** Accepted, and neither done nor parked. */
  readonly lost: readonly string[];
  /** Done by more than one firing. A firing that came again under its own id does not count: the target knows it. */
  readonly twice: readonly string[];
  /** How many firings came again under their own id. */
  readonly recognised: number;
}

/** What was accepted, and what became of it: the events of a drill by their numbers, or by names where a number is not enough. */
export class Ledger {
  readonly #accepted = new Set<string>();
  readonly #firings = new Map<string, Set<string>>();
  readonly #parked = new Set<string>();
  #recognised = 0;

  /** Somebody was promised that it will be done. */
  accept(number: string | number): void {
    this.#accepted.add(String(number));
  }

  get accepted(): number {
    return this.#accepted.size;
  }

  /** It had its effect, by the firing of this id. True the first time that this firing is seen. */
  done(number: string | number, firing: string): boolean {
    const firings = this.#firings.get(String(number)) ?? new Set();
    this.#firings.set(String(number), firings);
    if (firings.has(firing)) this.#recognised += 1;
    const isNew = !firings.has(firing);
    firings.add(firing);
    return isNew;
  }

  /** As `done`, of what can be looked at again and again: objects in a cluster, messages on the bus. */
  found(number: string | number, id: string): void {
    if (!this.#firings.get(String(number))?.has(id)) this.done(number, id);
  }

  isDone(number: string | number): boolean {
    return this.#firings.has(String(number));
  }

  park(number: string | number): void {
    this.#parked.add(String(number));
  }

  /** Those that have neither happened nor been parked so far. */
  missing(): string[] {
    return [...this.#accepted].filter((number) => !this.#firings.has(number) && !this.#parked.has(number));
  }

  account(): Account {
    const accepted = [...this.#accepted];
    return {
      accepted: accepted.length,
      done: accepted.filter((number) => this.#firings.has(number)).length,
      parked: accepted.filter((number) => this.#parked.has(number) && !this.#firings.has(number)).length,
      lost: this.missing(),
      twice: [...this.#firings].filter(([, firings]) => firings.size > 1).map(([number]) => number),
      recognised: this.#recognised,
    };
  }
}
