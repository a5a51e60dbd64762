/**
 * Notes that a process leaves on the bus for people who ask later: what became of events, whether a listener runs.
 *
 * A note is worth little and must cost less: it is written in idle time, the newest of a key wins, at most twice a second, and what the bus does
 * not take at once is dropped and counted. Nobody waits for it.
 */
import { EngineError } from '../errors/engine-error.ts';
import type { Clock } from '../time/clock.ts';
import { atMost } from '../time/deadline.ts';
import type { Tell } from './tell.ts';

/** The name of the bus's store in which they are. */
export const notesName = 'notes';

/** How often a part says that it is alive, in milliseconds; one that has not said so for three times as long is gone. */
export const heartbeat = 10_000;

/** Whether what says so regularly still does. */
export const isAlive = ({ seenAt, stoppedAt }: { seenAt: number; stoppedAt?: number }, now: number): boolean =>
  stoppedAt === undefined && now - seenAt < 3 * heartbeat;

/** Where notes are kept. A StateStore of the bus is one. */
export interface Pages {
  get(key: string): Promise<Page | undefined>;
  set(key: string, value: Uint8Array, revision: number): Promise<number>;
}

interface Page {
  readonly key: string;
  readonly value: Uint8Array;
  readonly revision: number;
}

/** The notebooks of a process that are open, and share its time. One for each process. */
export interface Notebooks {
  open: number;
}

/** The text of a note, asked for when it is written. */
type Text = () => string;

/** After a note has come, in milliseconds. */
const soon = 500;
/** Many notes are followed by a longer pause: so much for each, in milliseconds. */
const pause = 20;
/** Writing texts takes no more than this share of the process's time, for all of its notebooks together. */
const share = 1 / 50;
/** Writes in flight. */
const atOnce = 16;
/** The last notes of a process that ends may take so long, in milliseconds. */
const farewell = 1_000;

export class Notebook {
  readonly #open: () => Promise<Pages>;
  readonly #context: { readonly clock: Clock; readonly tell: Tell };
  readonly #notebooks: Notebooks;
  #pages: Promise<Pages> | undefined;
  #notes = new Map<string, Text>();
  readonly #revisions = new Map<string, number>();
  #cancel: (() => void) | undefined;
  #writing: Promise<void> | undefined;
  /** The first note is written at once. */
  #wait = 0;
  #ended = false;

  constructor(
    open: () => Promise<Pages>,
    { notebooks = { open: 0 }, ...context }: { clock: Clock; tell: Tell; notebooks?: Notebooks | undefined },
  ) {
    this.#open = open;
    this.#context = context;
    this.#notebooks = notebooks;
    notebooks.open += 1;
  }

  /** Writes it soon, in the place of what this key held. Never throws. */
  note(key: string, text: Text): void {
    if (this.#ended) return;
    this.#notes.set(key, text);
    this.#schedule();
  }

  /** Writes what is left, if the bus is quick. Nothing is noted from then on. */
  async end(): Promise<void> {
    if (!this.#ended) this.#notebooks.open -= 1;
    this.#ended = true;
    this.#cancel?.();
    const last = (this.#writing ?? Promise.resolve()).then(() => this.#write());
    await atMost(farewell, this.#context.clock, last);
  }

  #schedule(): void {
    if (this.#cancel || this.#writing) return;
    this.#cancel = this.#context.clock.after(this.#wait, () => {
      this.#cancel = undefined;
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined;
        if (this.#notes.size > 0 && !this.#ended) this.#schedule();
      });
    });
  }

  async #write(): Promise<void> {
    const notes = [...this.#notes];
    this.#notes = new Map();
    const count = notes.length;
    let spent = 0;
    let dropped = 0;
    const writer = async (): Promise<void> => {
      for (let next = notes.shift(); next; next = notes.shift()) {
        const began = this.#context.clock.monotonic();
        const value = Buffer.from(next[1](), 'utf8');
        spent += this.#context.clock.monotonic() - began;
        if (!(await this.#put(next[0], value))) dropped += 1;
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, notes.length) }, writer));
    this.#wait = Math.max(soon, count * pause, (spent / share) * this.#notebooks.open);
    if (dropped > 0) this.#context.tell.notesDropped({ count: dropped });
  }

  /** False if it was not taken. The revision of a page that somebody else has written is looked up once. */
  async #put(key: string, value: Uint8Array): Promise<boolean> {
    try {
      this.#pages ??= this.#open();
      const pages = await this.#pages;
      for (let attempt = 1; ; attempt++) {
        try {
          const revision = this.#revisions.get(key) ?? (await pages.get(key))?.revision ?? 0;
          this.#revisions.set(key, await pages.set(key, value, revision));
          return true;
        } catch (thrown) {
          this.#revisions.delete(key);
          if (!(thrown instanceof EngineError) || thrown.code !== 'CONFLICT_STATE' || attempt > 1) throw thrown;
        }
      }
    } catch {
      // Opening may be what failed.
      this.#pages = undefined;
      return false;
    }
  }
}
