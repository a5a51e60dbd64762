import type { Work } from './work.ts';

/** Closed while a firing that is nowhere but in its delivery waits for a slot: then no further event is looked at. */
export class Gate {
  #waiting = 0;
  readonly #opened: () => void;

  constructor(opened: () => void) {
    this.#opened = opened;
  }

  get closed(): boolean {
    return this.#waiting > 0;
  }

  enter(work: Work): void {
    work.gated = true;
    this.#waiting += 1;
  }

  /** Harmless when it was not at the gate. */
  leave(work: Work): void {
    if (!work.gated) return;
    work.gated = false;
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#opened();
  }
}
