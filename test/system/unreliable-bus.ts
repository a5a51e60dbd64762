import type { Delivery, EventBus, Queue, StateStore } from '../../eventbus/bus.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { TestClock } from '../support/clock.ts';

/** What goes wrong, each as a chance from 0 to 1 at each step. */
export interface Trouble {
  /** The process is killed before or after a call to the bus. */
  readonly crash: number;
  /** A call to the bus fails, done or not done. */
  readonly away: number;
  /** An acknowledgement never reaches the bus. */
  readonly lostAck: number;
}

/**
 * A process as seen from outside: its connection to the bus, until it is killed. From then on nothing that it does reaches the
 * bus, and it never hears from it again.
 */
export class Process {
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly stop = new AbortController();
  readonly #bus: EventBus;
  readonly #trouble: Trouble;
  readonly #random: () => number;
  readonly #killed = new AbortController();
  readonly #onKill: () => void;
  /** What reached the bus, for whoever has to understand a failure. */
  readonly #note: (what: string) => void;

  constructor(bus: EventBus, clock: TestClock, trouble: Trouble, random: () => number, note: (what: string) => void, onKill: () => void) {
    this.clock = this.#clockUntilKilled(clock);
    this.#note = note;
    this.#bus = bus;
    this.#trouble = trouble;
    this.#random = random;
    this.#onKill = onKill;
    this.bus = {
      ...bus,
      subscribe: (subscription, signal) => this.#subscribe(subscription, signal),
      queue: (name) => this.#call(async () => this.#queue('queue', await bus.queue(name))),
      state: (name) => this.#call(async () => this.#state(await bus.state(name))),
      parked: () => this.#call(async () => this.#queue('parked', await bus.parked())),
      lease: async (name, signal) => {
        const lease = await bus.lease(name, AbortSignal.any([signal, this.#killed.signal])).catch((thrown) => {
          if (this.dead) return never();
          throw thrown;
        });
        this.#killed.signal.addEventListener('abort', () => void lease.release());
        return { lost: lease.lost, release: () => lease.release() };
      },
    };
  }

  get dead(): boolean {
    return this.#killed.signal.aborted;
  }

  kill(): void {
    if (this.dead) return;
    this.#note('killed');
    this.#killed.abort();
    this.stop.abort();
    this.#onKill();
  }

  /** Maybe the end comes here. Never resolves when it does. */
  async survive(): Promise<void> {
    if (!this.dead && this.#happens(this.#trouble.crash)) this.kill();
    if (this.dead) await never();
  }

  /** The same time, but the timers end with the process. */
  #clockUntilKilled(clock: TestClock): Clock {
    const timers = new Set<() => void>();
    this.#killed.signal.addEventListener('abort', () => timers.forEach((cancel) => void cancel()));
    const after = (milliseconds: number, callback: () => void) => {
      if (this.dead) return () => {};
      const cancel = clock.after(milliseconds, () => {
        timers.delete(cancel);
        callback();
      });
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    };
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after,
      sleep: (milliseconds, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const wake = () => {
            cancel();
            signal?.removeEventListener('abort', wake);
            resolve();
          };
          const cancel = after(milliseconds, wake);
          signal?.addEventListener('abort', wake);
        }),
    };
  }

  async *#subscribe(...[subscription, signal]: Parameters<EventBus['subscribe']>): AsyncGenerator<Delivery[]> {
    for await (const batch of this.#bus.subscribe(subscription, AbortSignal.any([signal, this.#killed.signal]))) {
      this.#note(`delivered ${batch.map(({ event, attempt }) => `${event?.id}#${attempt}`).join(' ')}`);
      await this.survive();
      yield batch.map((delivery) => ({
        ...delivery,
        ack: () => {
          if (this.dead) return;
          const lost = this.#happens(this.#trouble.lostAck);
          this.#note(`ack ${delivery.event?.id}${lost ? ' lost' : ''}`);
          if (!lost) delivery.ack();
        },
        working: () => {
          if (!this.dead) delivery.working();
        },
      }));
    }
    if (this.dead) await never();
  }

  #state(store: StateStore): StateStore {
    return {
      get: (key) => this.#call(() => store.get(key)),
      entries: (prefix) => store.entries(prefix),
      set: (key, value, revision) =>
        this.#call(async () => {
          const written = await store.set(key, value, revision);
          this.#note(`state ${key} is ${written}: ${Buffer.from(value).toString('utf8').split('\n')[0]}`);
          return written;
        }),
      purge: (key) => this.#call(() => store.purge(key)),
    };
  }

  #queue(name: string, queue: Queue): Queue {
    return {
      put: (body, options) =>
        this.#call(async () => {
          const stored = await queue.put(body, options);
          this.#note(`${name} put ${options.id.slice(0, 6)} ${options.key} as ${stored.sequence}${stored.duplicate ? ' again' : ''}`);
          return stored;
        }),
      entries: () => queue.entries(),
      read: (sequence) => this.#call(() => queue.read(sequence)),
      remove: (sequence) =>
        this.#call(() => {
          this.#note(`${name} remove ${sequence}`);
          return queue.remove(sequence);
        }),
    };
  }

  async #call<T>(act: () => Promise<T>): Promise<T> {
    const away = () => {
      if (this.#happens(this.#trouble.away)) throw new EngineError('UNREACHABLE_BUS', { server: 'test', reason: 'on purpose' });
    };
    await this.survive();
    away();
    const result = await act();
    await this.survive();
    away();
    return result;
  }

  #happens(chance: number): boolean {
    return this.#random() < chance;
  }
}

export const never = (): Promise<never> => new Promise(() => {});
