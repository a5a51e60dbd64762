import type { Clock } from './clock.ts';
import type { Pieces } from './pieces.ts';

/** After so many milliseconds timers and the network get a turn: what is kept waiting for 2 s loses its lease. */
const turnLasts = 10;

/** One of those who share the process: a sensor that takes events, a trigger that renders, a source that filters. */
export interface Party {
  /**
   * Does a piece of work at once, or, when this turn of the process is over, in a later one; the answer is then a promise. Where the work
   * itself answers a promise, only the time until then is counted.
   */
  do<T>(work: () => T): T | Promise<Awaited<T>>;
  /** Does a work that is made of pieces: at once, as far as this turn of the process goes, and the rest in later ones. */
  doAll<T>(pieces: Pieces<T>): T | Promise<T>;
  /** True when timers and the network should have their turn first. */
  readonly isOver: boolean;
  /** Does it in a later turn in any case. */
  later<T>(work: () => T): Promise<Awaited<T>>;
}

/**
 * Shares the time of a process among those who work in it, so that a rule whose program takes some tenths of a second for each event
 * holds back neither timers and the network nor the events of its neighbours.
 *
 * A turn ends when 10 ms have passed since it began; a piece of work that has begun is not interrupted. What comes then waits for a
 * later turn. Turns of the quick and of the slow alternate while both wait: however many are slow, the quick wait for one of them only.
 * Among the quick, and among the slow, each does one piece of work after another. One for each process.
 */
export class Turns {
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** Calls back when timers and the network have had their turn. */
  readonly #afterOthers: (callback: () => void) => void;
  readonly #quick: Works = new Map();
  readonly #slow: Works = new Map();
  #began = Number.NEGATIVE_INFINITY;
  #isScheduled = false;
  #isWorking = false;
  /** The quick had the last turn. */
  #isForSlow = false;

  constructor(clock: Pick<Clock, 'monotonic'>, afterOthers: (callback: () => void) => void = setImmediate) {
    this.#clock = clock;
    this.#afterOthers = afterOthers;
  }

  party(): Party {
    const pace: Pace = { usual: turnLasts };
    const isOver = () => this.#isOver;
    const later = <T>(work: () => T) => this.#later(pace, work);
    const soon = <T>(work: () => T): T | Promise<Awaited<T>> => {
      const now = this.#clock.monotonic();
      if (now - this.#began >= turnLasts) return later(work);
      // Work inside work is a part of it.
      return this.#isWorking ? work() : this.#timed(pace, work, now);
    };
    return {
      get isOver() {
        return isOver();
      },
      do: soon,
      doAll<T>(pieces: Pieces<T>): T | Promise<T> {
        const goOn = (): T | Promise<T> => {
          for (;;) {
            const step = pieces.next();
            if (step.done) return step.value;
            if (isOver()) return later(goOn) as Promise<T>;
          }
        };
        return soon(goOn) as T | Promise<T>;
      },
      later,
    };
  }

  get #isOver(): boolean {
    return this.#clock.monotonic() - this.#began >= turnLasts;
  }

  #later<T>(pace: Pace, work: () => T): Promise<Awaited<T>> {
    return new Promise((resolve, reject) => {
      const run = (): void => {
        try {
          resolve(this.#timed(pace, work, this.#clock.monotonic()) as Awaited<T>);
        } catch (thrown) {
          reject(thrown);
        }
      };
      const before = this.#quick.get(pace) ?? this.#slow.get(pace);
      if (before) before.push(run);
      else (isQuick(pace) ? this.#quick : this.#slow).set(pace, [run]);
      this.#schedule();
    });
  }

  #timed<T>(pace: Pace, work: () => T, began: number): T {
    this.#isWorking = true;
    try {
      return work();
    } finally {
      this.#isWorking = false;
      pace.usual = (pace.usual + this.#clock.monotonic() - began) / 2;
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
    const isForSlow = this.#slow.size > 0 && (this.#isForSlow || this.#quick.size === 0);
    this.#isForSlow = !isForSlow;
    const works = isForSlow ? this.#slow : this.#quick;
    // At least one, or a clock that jumps would starve all.
    do this.#serveFirst(works);
    while (works.size > 0 && !this.#isOver);
    if (this.#quick.size + this.#slow.size > 0) this.#schedule();
  };

  #serveFirst(works: Works): void {
    for (const [pace, [first, ...rest]] of works) {
      // Behind the others, and among those whom it is like now.
      works.delete(pace);
      if (rest.length > 0) (isQuick(pace) ? this.#quick : this.#slow).set(pace, rest);
      first!();
      return;
    }
  }
}

/** The works that wait, by whose they are, in the order in which they came. */
type Works = Map<Pace, (() => void)[]>;

/** What one piece of work of a party takes, in milliseconds: the later ones count more. Who is not known yet counts as slow. */
interface Pace {
  usual: number;
}

const isQuick = ({ usual }: Pace): boolean => usual < turnLasts;
