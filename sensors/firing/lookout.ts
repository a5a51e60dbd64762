import type { Queue, QueueEntry } from '../../eventbus/bus.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { lateFor, persist } from './persist.ts';
import { entriesOf } from './queue-entries.ts';

/** How often it looks unasked, for a call may get lost, in milliseconds; and how often at everything, for the queue may have been made anew and count from 1. */
const lookEvery = 1_000;
const lookAtAllEvery = 30_000;

/** When an owner looks for what a predecessor put there late, in milliseconds after the queue was read. */
const lateLooks = [1_000, 5_000, 30_000, 120_000, lateFor];

interface LookoutContext {
  readonly clock: Clock;
  readonly over: AbortSignal;
  /** Told of each entry; of one that it knows already, too. */
  found(entry: QueueEntry): Promise<void> | void;
}

/** Looks what others have put into a queue that this process works. */
export class Lookout {
  readonly #queue: Queue;
  readonly #context: LookoutContext;
  /** What came up to this sequence was looked at, where it keeps looking. */
  #seen = 0;
  #isAsked = false;
  #isKeeping = false;
  #looking: Promise<void> | undefined;

  constructor(queue: Queue, context: LookoutContext) {
    this.#queue = queue;
    this.#context = context;
  }

  /** Looks again and again until the signal aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    const { clock } = this.#context;
    this.#isKeeping = true;
    for (let lookAtAll = 0; !signal.aborted; await clock.sleep(lookEvery, signal)) {
      if (clock.monotonic() >= lookAtAll) {
        this.#seen = 0;
        lookAtAll = clock.monotonic() + lookAtAllEvery;
      }
      await this.look();
    }
  }

  /**
   * Looks a few times at what was put there after a sequence: up to that the queue was read, and a predecessor that hung may have gone on
   * before it knew that it was cut off. Rejects with what can never succeed.
   */
  async findLate(after: number): Promise<void> {
    const { clock, over } = this.#context;
    let looked = 0;
    for (const at of lateLooks) {
      await clock.sleep(at - looked, over);
      // Who keeps looking finds it without that.
      if (over.aborted || this.#isKeeping) return;
      looked = at;
      await this.#lookAfter(after);
    }
  }

  /** Looks at what is new where it keeps looking, and else at everything. Called while it looks, it looks once more. Never rejects. */
  look(): Promise<void> {
    this.#isAsked = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.#lookAfter(this.#isKeeping ? this.#seen : 0);
    }
  }

  async #lookAfter(sequence: number): Promise<void> {
    const entries = await persist(() => entriesOf(this.#queue, sequence), this.#context);
    this.#seen = Math.max(this.#seen, entries.at(-1)?.sequence ?? 0);
    for (const entry of entries) await this.#context.found(entry);
  }
}
