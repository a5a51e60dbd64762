import type { Clock } from './clock.ts';

/** After so many milliseconds timers and the network get a turn: what is kept waiting for 2 s loses its lease. */
const turnLasts = 10;

/** One of those who share the process: a sensor that takes events, a trigger that renders, a source that filters. */
export interface Party {
  /**
   * Does a piece of work at once, or, when this turn of the process is over, in a later one; the answer is then a promise. Where the work
   * itself answers a promise, only the time until then is counted.
   */
  do<T>(work: () => T): T | Promise<Awaited<T>>;
  /** True when timers and the network should have their turn first. */
  readonly isOver: boolean;
  /** Does it in a later turn in any case. */
  later<T>(work: () => T): Promise<Awaited<T>>;
}

/**
 * Shares the time of a process among those who work in it, so that a rule whose program takes some tenths of a second for each event
 * holds back neither timers and the network nor the events of its neighbours.
 *
 * A turn ends when 10 ms have passed since it began; a piece of work that has begun is not interrupted. What comes then waits for the
 * next turn, where who has used least time so far goes first. One for each process.
 */
export class Turns {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** Calls back when timers and the network have had their turn. */
  readonly #afterOthers: (callback: () => void) => void;
  /** The works that wait, in the order in which they came. */
  readonly #waiting = new Map<Share, (() => void)[]>();
  #began = Number.NEGATIVE_INFINITY;
  #isScheduled = false;
  #isWorking = false;
  /** The time that whoever was served last had used before: who comes after a long rest begins there, and saves nothing up. */
  #level = 0;

  constructor(clock: Pick<Clock, 'monotonic'>, afterOthers: (callback: () => void) => void = setImmediate) {
    this.#clock = clock;
    this.#afterOthers = afterOthers;
  }

  party(): Party {
    const share: Share = { used: 0 };
    const isOver = () => this.#isOver;
    return {
      get isOver() {
        return isOver();
      },
      do: (work) => (this.#isOver ? this.#later(share, work) : this.#charge(share, work)),
      later: (work) => this.#later(share, work),
    };
  }

  get #isOver(): boolean {
    return this.#clock.monotonic() - this.#began >= turnLasts;
  }

  #later<T>(share: Share, work: () => T): Promise<Awaited<T>> {
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(this.#charge(share, work) as Awaited<T>);
        } catch (thrown) {
          reject(thrown);
        }
      };
      const before = this.#waiting.get(share);
      if (before) before.push(run);
      else this.#waiting.set(share, [run]);
      this.#schedule();
    });
  }

  /** Work inside work is charged once. */
  #charge<T>(share: Share, work: () => T): T {
    if (this.#isWorking) return work();
    this.#isWorking = true;
    const began = this.#clock.monotonic();
    try {
      return work();
    } finally {
      this.#isWorking = false;
      share.used = Math.max(share.used, this.#level) + this.#clock.monotonic() - began;
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#afterOthers(this.#serve);
  }

  readonly #serve = (): void => {
    this.#isScheduled = false;
    this.#began = this.#clock.monotonic();
    // At least one, or a clock that jumps would starve all.
    do this.#serveOne();
    while (this.#waiting.size > 0 && !this.#isOver);
    if (this.#waiting.size > 0) this.#schedule();
  };

  #serveOne(): void {
    let next: Share | undefined;
    for (const share of this.#waiting.keys()) {
      share.used = Math.max(share.used, this.#level);
      if (!next || share.used < next.used) next = share;
    }
    const works = next && this.#waiting.get(next);
    if (!next || !works) return;
    this.#level = next.used;
    // Behind the others, if anything is left: those who have used alike take turns.
    this.#waiting.delete(next);
    const [first, ...rest] = works;
    if (rest.length > 0) this.#waiting.set(next, rest);
    first!();
  }
}

/** What one party has used, in milliseconds. */
interface Share {
  used: number;
}
