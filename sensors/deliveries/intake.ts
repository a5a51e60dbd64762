import type { Delivery } from '../../eventbus/bus.ts';
import { CountedHold, type Hold } from '../firing/hold.ts';
import { SequenceSet } from './sequence-set.ts';

/** In milliseconds. The bus hands out again what it has not heard of for 2 s. */
const workingAfter = 500;

/** An event on its way: acknowledged when everybody who retained it has released it. */
export interface DeliveryHold extends Hold {
  readonly delivery: Delivery;
  /** The only dependency that shall take it; all that listen to it if left out. */
  readonly only?: string;
  /** The entry of the queue by which it is taken again. */
  readonly replay?: string;
}

/**
 * Keeps account of what the bus has handed out: nothing is acknowledged before it is safe, nothing that is still in work comes
 * again, and what comes again is worked once.
 */
export class Intake {
  /** By stream sequence, in order of arrival. */
  readonly #held = new Map<number, Held>();
  #settled = new SequenceSet();
  #closed = false;

  /** Events that are neither settled nor queued. */
  get size(): number {
    return this.#held.size;
  }

  /** When the bus had stored the one that came first of them. */
  get oldest(): number | undefined {
    for (const { delivery } of this.#held.values()) return delivery.storedAt;
    return undefined;
  }

  /** Retained once, for whoever works it; undefined when there is nothing to do: it is in work, or was settled and its ack got lost. */
  take(delivery: Delivery, now: number): DeliveryHold | undefined {
    const { sequence } = delivery;
    const held = this.#held.get(sequence);
    if (held && held.delivery.event?.id === delivery.event?.id) {
      held.again = delivery;
      return undefined;
    }
    if (this.#settled.has(sequence)) {
      if (delivery.attempt > 1) {
        delivery.ack();
        return undefined;
      }
      // Never seen before under a number that was settled: the stream was made anew, and counts from 1 again.
      this.#settled = new SequenceSet();
    }
    const hold = new Held(delivery, now, this.#settle);
    this.#held.set(sequence, hold);
    return hold;
  }

  /** Says "still working" for what came, or was said to be in work, longer ago than 500 ms. */
  tick(now: number): void {
    for (const held of this.#held.values()) {
      if (now - held.touched < workingAfter) continue;
      held.touched = now;
      (held.again ?? held.delivery).working();
    }
  }

  /** From now on nothing is acknowledged: somebody else may be the owner. */
  close(): void {
    this.#closed = true;
  }

  readonly #settle = (held: Held): void => {
    if (this.#closed) return;
    const { sequence } = held.delivery;
    if (this.#held.get(sequence) === held) this.#held.delete(sequence);
    this.#settled.add(sequence);
    held.delivery.ack();
    held.again?.ack();
    held.tellSettled();
  };
}

class Held extends CountedHold implements DeliveryHold {
  readonly delivery: Delivery;
  /** When it last came or was said to be in work. */
  touched: number;
  /** The newest repeat. */
  again: Delivery | undefined;

  constructor(delivery: Delivery, now: number, settle: (held: Held) => void) {
    super(delivery.attempt > 1, () => settle(this));
    this.delivery = delivery;
    this.touched = now;
  }
}
