import type { Work } from './work.ts';

/** What brings a firing back after a crash, and may be forgotten when everybody who retained it has released it. */
export interface Hold {
  /** It was handed out before, to us or to a predecessor: some of its firings may have been done already. */
  readonly redelivered: boolean;
  /** Nobody retains it any more. */
  readonly settled: boolean;
  /** The firings that were decided because of it. */
  readonly works: Work[];
  retain(): void;
  release(): void;
  /** Calls back when it is settled. */
  onSettled(callback: () => void): void;
}

/** Retained once, by whoever made it. */
export class CountedHold implements Hold {
  readonly redelivered: boolean;
  settled = false;
  readonly works: Work[] = [];
  #open = 1;
  #callbacks: (() => void)[] | undefined;
  readonly #settle: () => void;

  /** `settle` forgets what is held; it calls `tellSettled` when that is so. */
  constructor(redelivered: boolean, settle: (hold: CountedHold) => void) {
    this.redelivered = redelivered;
    this.#settle = () => settle(this);
  }

  retain(): void {
    this.#open += 1;
  }

  release(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#settle();
  }

  onSettled(callback: () => void): void {
    this.#callbacks ??= [];
    this.#callbacks.push(callback);
  }

  tellSettled(): void {
    this.settled = true;
    for (const callback of this.#callbacks ?? []) callback();
    // An event may be remembered as the one before the next; what it set off must not be, or a busy key would keep its whole past.
    this.#callbacks = undefined;
    this.works.length = 0;
  }
}
