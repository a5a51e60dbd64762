import type { Delivery, EventBus, Queue, StateStore } from '../../eventbus/bus.ts';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import type { MemoryStore } from '../../eventbus/memory/store.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import type { Tell } from '../../src/core/telemetry/tell.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import type { TestClock } from '../support/clock.ts';

/** What goes wrong, each as a chance from 0 to 1 at each step. */
export interface Trouble {
  /** The process is killed before or after a call to the bus. */
  readonly crash: number;
  /** The process hangs before or after a call to the bus, for longer than its lease lasts, and then goes on as if nothing had been. */
  readonly hang: number;
  /** A call to the bus fails, done or not done. */
  readonly away: number;
  /** An acknowledgement, or word that an event is still in work, never reaches the bus. */
  readonly lostAck: number;
  /** A delivery comes after others that the bus has stored later. */
  readonly late: number;
}

export const calm: Trouble = { crash: 0, hang: 0, away: 0, lostAck: 0, late: 0 };

/** Milliseconds for which a process hangs, at least: longer than its lease lasts. */
const hangs = 2_500;

interface Surroundings {
  readonly clock: TestClock;
  readonly trouble: () => Trouble;
  readonly random: () => number;
  /** Told what reached the bus, for whoever has to understand a failure. */
  readonly note: (what: string) => void;
  readonly tell: Tell;
}

/**
 * A process as seen from outside: its connection to the bus, until it is killed. From then on nothing that it does reaches the
 * bus, and it never hears from it again. While it hangs its timers stand still, and what it was about to write is on its way.
 */
export class Process {
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly stop = new AbortController();
  /** How often it has come back after it hung. */
  returns = 0;
  readonly #bus: EventBus;
  readonly #around: Surroundings;
  readonly #onKill: () => void;
  readonly #killed = new AbortController();
  #unheard = new AbortController();
  #awake: Promise<void> | undefined;
  /** Timers that have gone off meanwhile. */
  #missed: (() => void)[] = [];

  constructor(store: MemoryStore, around: Surroundings, onKill: () => void) {
    this.#around = around;
    this.#onKill = onKill;
    this.clock = this.#ownClock(around.clock);
    const bus = openMemoryBus({ kind: 'memory', store }, { clock: this.clock, tell: around.tell });
    this.#bus = bus;
    this.bus = {
      ...bus,
      subscribe: (subscription, signal) => this.#subscribe(subscription, signal),
      queue: (name) => this.#call(async () => this.#queue('queue', await bus.queue(name))),
      state: (name) => this.#call(async () => this.#state(await bus.state(name))),
      parked: () => this.#call(async () => this.#queue('parked', await bus.parked())),
    };
  }

  get dead(): boolean {
    return this.#killed.signal.aborted;
  }

  kill(): void {
    if (this.dead) return;
    this.#around.note('killed');
    this.#killed.abort();
    this.#unheard.abort();
    this.stop.abort();
    this.#onKill();
  }

  /** Maybe the end comes here. Never resolves when it does. */
  async survive(): Promise<void> {
    if (!this.dead && this.#happens('crash')) this.kill();
    await this.#awake;
    if (this.dead) await never();
  }

  /** Others take it for dead, and the bus gives to them what it has not ended. */
  #hang(): void {
    const { clock, note, random } = this.#around;
    note('hangs');
    this.#unheard.abort();
    this.#awake = new Promise((resolve) => {
      clock.after(hangs + Math.floor(random() * 3_000), () => {
        if (!this.dead) note('is back');
        this.#unheard = new AbortController();
        this.#awake = undefined;
        this.returns += 1;
        for (const callback of this.#missed.splice(0)) callback();
        // As in a real one: first timers that went off, with all that they cause, then what has arrived.
        setImmediate(resolve);
      });
    });
  }

  /** The same time, but the timers end with the process, and go off late when it hangs. */
  #ownClock(clock: TestClock): Clock {
    const timers = new Set<() => void>();
    this.#killed.signal.addEventListener('abort', () => timers.forEach((cancel) => void cancel()));
    const after = (milliseconds: number, callback: () => void) => {
      if (this.dead) return () => {};
      let isOff = false;
      const go = () => {
        if (isOff || this.dead) return;
        if (this.#awake) this.#missed.push(go);
        else callback();
      };
      const cancel = clock.after(milliseconds, () => {
        timers.delete(cancel);
        go();
      });
      timers.add(cancel);
      return () => {
        isOff = true;
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
    const { note } = this.#around;
    let kept: Delivery[] = [];
    for await (const batch of this.#bus.subscribe(subscription, AbortSignal.any([signal, this.#unheard.signal]))) {
      const now = batch.filter(() => !this.#happens('late'));
      const late = batch.filter((delivery) => !now.includes(delivery));
      const handed = [...now, ...kept];
      kept = late;
      if (handed.length === 0) continue;
      note(`delivered ${handed.map(({ event, attempt }) => `${event?.id}#${attempt}`).join(' ')}`);
      await this.survive();
      yield handed.map((delivery) => ({
        ...delivery,
        ack: () => {
          if (this.dead) return;
          const isLost = this.#happens('lostAck');
          note(`ack ${delivery.event?.id}${isLost ? ' lost' : ''}`);
          if (!isLost) delivery.ack();
        },
        working: () => {
          if (!this.dead && !this.#happens('lostAck')) delivery.working();
        },
      }));
    }
    await this.#awake;
    if (this.dead) await never();
  }

  #state(store: StateStore): StateStore {
    return {
      get: (key) => this.#call(() => store.get(key)),
      entries: (prefix) => store.entries(prefix),
      set: (key, value, revision) =>
        this.#call(async () => {
          const written = await store.set(key, value, revision);
          this.#around.note(`state ${key} is ${written}: ${Buffer.from(value).toString('utf8').split('\n')[0]}`);
          return written;
        }),
      purge: (key, revision) => this.#call(() => store.purge(key, revision)),
    };
  }

  #queue(name: string, queue: Queue): Queue {
    return {
      put: (body, options) =>
        this.#call(async () => {
          const stored = await queue.put(body, options);
          this.#around.note(
            `${name} put ${options.id.slice(0, 6)} ${options.key} as ${stored.sequence}${stored.duplicate ? ' again' : ''}`,
          );
          return stored;
        }),
      entries: () => queue.entries(),
      read: (sequence) => this.#call(() => queue.read(sequence)),
      remove: (sequence) =>
        this.#call(() => {
          this.#around.note(`${name} remove ${sequence}`);
          return queue.remove(sequence);
        }),
    };
  }

  async #call<T>(act: () => Promise<T>): Promise<T> {
    const away = () => {
      if (this.#happens('away')) throw new EngineError('UNREACHABLE_BUS', { server: 'test', reason: 'on purpose' });
    };
    if (!this.dead && !this.#awake && this.#happens('hang')) this.#hang();
    await this.survive();
    away();
    const result = await act();
    await this.survive();
    away();
    return result;
  }

  #happens(what: keyof Trouble): boolean {
    return this.#around.random() < this.#around.trouble()[what];
  }
}

export const never = (): Promise<never> => new Promise(() => {});
