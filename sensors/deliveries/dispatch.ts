import type { Party } from '../../src/core/time/turns.ts';
import { Fifo } from '../firing/fifo.ts';
import type { DeliveryHold } from './intake.ts';

/** After so many events the turn is over, however quick they were: what they set off uses time, too. */
const inOneTurn = 128;

/**
 * Hands events on in stream order, one after another, while `closed` does not say that somebody is still busy with those before.
 *
 * What an event sets off goes on before the next one is looked at, so that few firings are in memory at once. Where `take` answers a
 * promise, the next event waits for it; it must not reject.
 */
export class Dispatch {
  readonly #arrived = new Fifo<DeliveryHold>();
  readonly #take: (hold: DeliveryHold) => void | Promise<void>;
  readonly #closed: () => boolean;
  readonly #party: Party;
  #left = 0;
  #scheduled = false;
  /** Somebody has to be waited for before the next event. */
  #waiting = false;
  #stopped = false;

  constructor(take: (hold: DeliveryHold) => void | Promise<void>, closed: () => boolean, party: Party) {
    this.#take = take;
    this.#closed = closed;
    this.#party = party;
  }

  /** Events that wait to be looked at. */
  get length(): number {
    return this.#arrived.length;
  }

  push(hold: DeliveryHold): void {
    this.#arrived.push(hold);
  }

  /** Goes on soon, if it can. Call it when events have come and when `closed` has become false. */
  pump(): void {
    if (this.#scheduled || this.#waiting || this.#stopped || this.#arrived.length === 0) return;
    this.#scheduled = true;
    if (this.#left > 0 && !this.#party.isOver) queueMicrotask(this.#next);
    else void this.#party.later(this.#nextTurn);
  }

  /** What has not been handed on stays unacknowledged. */
  stop(): void {
    this.#stopped = true;
  }

  readonly #nextTurn = (): void => {
    this.#left = inOneTurn;
    this.#next();
  };

  readonly #next = (): void => {
    this.#scheduled = false;
    if (this.#stopped || this.#closed()) return;
    const hold = this.#arrived.shift();
    if (!hold) return;
    this.#left -= 1;
    const taken = this.#take(hold);
    if (!taken) {
      this.pump();
      return;
    }
    this.#waiting = true;
    void taken.then(() => {
      this.#waiting = false;
      this.pump();
    });
  };
}
