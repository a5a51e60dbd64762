import type { Clock } from '../src/core/time/clock.ts';

const every = 100;
/** Later than this, in milliseconds, and the process was too busy to tell who is slow. */
const tolerance = 100;
/** So many late ticks in a row are looked at all the same. */
const mostLate = 10;

/** Ticks ten times a second while there is something to look after, and not at all when there is nothing. */
export class Pulse {
  readonly #clock: Clock;
  /** Answers whether to go on. `isLate`: what seems to have taken long has only waited for its turn. */
  readonly #tick: (now: number, isLate: boolean) => boolean;
  #late = 0;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(clock: Clock, tick: (now: number, isLate: boolean) => boolean) {
    this.#clock = clock;
    this.#tick = tick;
  }

  wake(): void {
    if (this.#cancel || this.#stopped) return;
    const due = this.#clock.monotonic() + every;
    this.#cancel = this.#clock.after(every, () => {
      this.#cancel = undefined;
      const now = this.#clock.monotonic();
      this.#late = now - due > tolerance ? this.#late + 1 : 0;
      if (this.#tick(now, this.#late > 0 && this.#late < mostLate)) this.wake();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }
}
