import { Fifo } from '../firing/fifo.ts';
import type { Hold } from './intake.ts';

/** After so many events the event loop gets a turn, so that timers and the network are never starved. */
const atOnce = 128;

/** Hands events on in stream order, one after another, while `closed` does not say that somebody is still busy with those before. */
export class Dispatch {
  readonly #arrived = new Fifo<Hold>();
  readonly #take: (hold: Hold) => void;
  readonly #closed: () => boolean;
  #left = atOnce;
  #resting = false;
  #pumping = false;
  #stopped = false;

  constructor(take: (hold: Hold) => void, closed: () => boolean) {
    this.#take = take;
    this.#closed = closed;
  }

  /** Events that wait to be looked at. */
  get length(): number {
    return this.#arrived.length;
  }

  push(hold: Hold): void {
    this.#arrived.push(hold);
  }

  /** Goes on, if it can. Call it when events have come and when `closed` has become false. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#arrived.length > 0 && !this.#stopped && !this.#closed()) {
      if (this.#left === 0) {
        this.#rest();
        break;
      }
      this.#left -= 1;
      this.#take(this.#arrived.shift()!);
    }
    this.#pumping = false;
  }

  /** What has not been handed on stays unacknowledged. */
  stop(): void {
    this.#stopped = true;
  }

  #rest(): void {
    if (this.#resting) return;
    this.#resting = true;
    setImmediate(() => {
      this.#resting = false;
      this.#left = atOnce;
      this.pump();
    });
  }
}
