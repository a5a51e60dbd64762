import type { Clock } from '../../src/core/time/clock.ts';

interface Waiting {
  at: number;
  wake: () => void;
}

/** A clock that only moves when a test turns it. Starts at a fixed day. */
export class TestClock implements Clock {
  #now: number;
  #waiting: Waiting[] = [];

  readonly #rounds: number;

  /** `rounds`: how often what one timer has started may have to wait for Node's event loop before the next timer goes off. */
  constructor(start = Date.parse('2026-07-18T12:00:00Z'), rounds = 10) {
    this.#now = start;
    this.#rounds = rounds;
  }

  /** How many wait for it to be turned. */
  get waiting(): number {
    return this.#waiting.length;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.after(milliseconds, wake);
      signal?.addEventListener('abort', wake);
    });
  }

  after(milliseconds: number, callback: () => void): () => void {
    const entry = { at: this.#now + milliseconds, wake: callback };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Turns the clock, waking sleepers in order and letting what they start run before the next. */
  async turn(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await settle(this.#rounds);
      const next = this.#waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      next.wake();
    }
    this.#now = end;
    await settle(this.#rounds);
  }
}

/** A clock on a wall that somebody sets, or that went on while the machine slept: timers know nothing of it. */
export class SetClock extends TestClock {
  #set = 0;

  override now(): number {
    return super.now() + this.#set;
  }

  override monotonic(): number {
    return super.now();
  }

  set(milliseconds: number): void {
    this.#set += milliseconds;
  }
}

/** Lets everything that is ready to run do so. */
export async function settle(rounds = 10): Promise<void> {
  for (let round = 0; round < rounds; round++) await new Promise((resolve) => setImmediate(resolve));
}
