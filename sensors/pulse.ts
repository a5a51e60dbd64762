import type { Clock } from '../src/core/time/clock.ts';

const every = 100;

/** Ticks ten times a second while there is something to look after, and not at all when there is nothing. */
export class Pulse {
  readonly #clock: Clock;
  /** Answers whether to go on. */
  readonly #tick: (now: number) => boolean;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(clock: Clock, tick: (now: number) => boolean) {
    this.#clock = clock;
    this.#tick = tick;
  }

  wake(): void {
    if (this.#cancel || this.#stopped) return;
    this.#cancel = this.#clock.after(every, () => {
      this.#cancel = undefined;
      if (this.#tick(this.#clock.monotonic())) this.wake();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }
}
