/** Things that are due at some time, each once at a time, the earliest first. */
export class Due<T> {
  readonly #entries: { readonly thing: T; readonly due: number }[] = [];
  readonly #things = new Set<T>();

  /** When the first of them is due. */
  get next(): number | undefined {
    return this.#entries[0]?.due;
  }

  /** A thing that is in it already keeps its time. */
  add(thing: T, due: number): void {
    if (this.#things.has(thing)) return;
    this.#things.add(thing);
    // Nearly always the last one.
    let at = this.#entries.length;
    while (at > 0 && this.#entries[at - 1]!.due > due) at -= 1;
    this.#entries.splice(at, 0, { thing, due });
  }

  /** Takes out what is due. */
  take(now: number): T[] {
    let count = 0;
    while (count < this.#entries.length && this.#entries[count]!.due <= now) count += 1;
    const things = this.#entries.splice(0, count).map(({ thing }) => thing);
    for (const thing of things) this.#things.delete(thing);
    return things;
  }
}
