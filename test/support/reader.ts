import type { Delivery, EventBus, Subscription } from '../../eventbus/bus.ts';

/** Takes deliveries from a subscription as they come and keeps them for the test to look at. */
export class Reader implements AsyncDisposable {
  readonly all: Delivery[] = [];
  readonly #controller = new AbortController();
  readonly #ended: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(bus: EventBus, subscription: Partial<Subscription> = {}, each: (delivery: Delivery) => void = () => {}) {
    const full = { name: 'sensor', origins: [{ source: 'git', subject: 'push' }], maxInFlight: 100, since: new Date(0), ...subscription };
    const { since: _, ...withoutSince } = full;
    this.#ended = (async () => {
      for await (const batch of bus.subscribe(
        'since' in subscription && !subscription.since ? withoutSince : full,
        this.#controller.signal,
      )) {
        for (const delivery of batch) {
          this.all.push(delivery);
          each(delivery);
        }
        for (const look of [...this.#waiting]) look();
      }
    })();
  }

  get ids(): (string | undefined)[] {
    return this.all.map(({ event }) => event?.id);
  }

  /** Resolves when this is so; looks after each batch. Fails after 20 s with what has arrived. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`only these have arrived: ${this.ids.join(', ') || 'none'}`))), 20_000);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      const look = () => void (isSo() && end(resolve));
      this.#waiting.add(look);
      look();
    });
  }

  /** The next deliveries, waiting for them. */
  async next(count: number): Promise<Delivery[]> {
    const end = this.#taken + count;
    await this.until(() => this.all.length >= end);
    const deliveries = this.all.slice(this.#taken, end);
    this.#taken = end;
    return deliveries;
  }

  /** The next deliveries, acknowledged; their ids. */
  async done(count: number): Promise<(string | undefined)[]> {
    const deliveries = await this.next(count);
    for (const delivery of deliveries) delivery.ack();
    return deliveries.map(({ event }) => event?.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#controller.abort();
    await this.#ended;
  }
}
