import { vi } from 'vitest';
import type { EventBus } from '../../eventbus/bus.ts';
import { openMemoryBus } from '../../eventbus/memory/index.ts';
import { memoryStore } from '../../eventbus/memory/store.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { settle, TestClock } from '../support/clock.ts';
import { randomNumbers } from '../support/random.ts';
import { type Record, record } from '../support/record.ts';
import { calm, Process, type Trouble } from './unreliable-bus.ts';

/** What a safeguard is taken out with: the bus as the process shall see it. */
export type Sabotage = (bus: EventBus, process: Process) => EventBus;

export interface Given {
  readonly seed: number;
  /** How many run at a time: one works, the others stand by. */
  readonly processes: number;
  readonly trouble: Trouble;
}

/** With new processes, or with those that are there. */
export type Recovery = 'new' | 'same';

/** Milliseconds in which a process that goes on has found what another one wrote late. */
const findsLate = 60_000;

/** Milliseconds in which a lease has ended, and what its owner left behind has come again. */
const takesOver = 4_500;

/**
 * Processes on one bus, each started again when it is killed. All chances come from the seed, also the jitter of back-offs, so that
 * a history can be lived again.
 */
export class Processes implements AsyncDisposable {
  // A bus in memory answers at once: a new process begins, and one that has hung goes on, in the second round at the latest.
  readonly clock = new TestClock(undefined, 3);
  readonly random: () => number;
  /** Seen without any trouble. */
  readonly bus: EventBus;
  readonly told: Record = record((name) => {
    if (name === 'sensorStarted') this.shifts += 1;
  });
  /** What happened, for whoever has to understand a failure. */
  readonly trace: string[] = [];
  /** How many shifts have begun: whoever begins one knows only what the bus knows. */
  shifts = 0;
  trouble: Trouble;
  readonly #running: Process[] = [];
  readonly #store = memoryStore(this.clock);
  readonly #jitter;
  readonly #processes: number;
  readonly #sabotage: Sabotage;
  readonly #main: (process: Process, bus: EventBus) => Promise<void>;

  constructor(
    { seed, processes, trouble }: Given,
    sabotage: Sabotage | undefined,
    main: (process: Process, bus: EventBus) => Promise<void>,
  ) {
    this.random = randomNumbers(seed);
    this.#jitter = vi.spyOn(Math, 'random').mockImplementation(this.random);
    this.trouble = trouble;
    this.#sabotage = sabotage ?? ((bus) => bus);
    this.#main = main;
    this.bus = openMemoryBus({ kind: 'memory', store: this.#store }, { clock: this.clock, tell: this.told.tell });
    this.#processes = processes;
  }

  start(): void {
    for (let index = 0; index < this.#processes; index++) this.#begin();
  }

  readonly note = (what: string): void => void this.trace.push(`${this.clock.now() % 10_000_000} ${this.shifts} ${what}`);

  /**
   * What failed in them. Who finds that a predecessor, cut off already, has written after all begins again with that: this is no failure.
   */
  get broken(): readonly object[] {
    return this.told.of('workerFailed').filter(({ error }) => !(error instanceof EngineError && error.code === 'CONFLICT_STATE'));
  }

  /** One of them is killed. */
  kill(): void {
    this.#running[Math.floor(this.random() * this.#running.length)]?.kill();
  }

  /** Nothing goes wrong any more, and all processes are new; or they go on, and find what others wrote late. */
  async recover({ as = 'new', ...trouble }: Partial<Trouble> & { readonly as?: Recovery } = {}): Promise<void> {
    this.trouble = { ...calm, ...trouble };
    if (as === 'new') for (const process of [...this.#running]) process.kill();
    await settle();
    if (as === 'same') await this.clock.turn(findsLate);
  }

  /** Time goes on until nothing waits and all is acknowledged: so many milliseconds at the most, and long enough for a new owner. */
  async untilQuiet(longest: number): Promise<void> {
    await this.clock.turn(takesOver);
    for (let turned = 0; turned < longest && !this.#isQuiet(); turned += 1_000) await this.clock.turn(1_000);
    await this.clock.turn(1_000);
  }

  #isQuiet(): boolean {
    const { durables, waiting, log } = this.#store;
    return (
      [...durables.values()].every(({ floor }) => floor > log.last) && [...waiting.queues.values()].every(({ byId }) => byId.size === 0)
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of this.#running) process.stop.abort();
    await this.clock.turn(100);
    await this.bus[Symbol.asyncDispose]();
    this.#jitter.mockRestore();
  }

  #begin(): void {
    const context = { clock: this.clock, trouble: () => this.trouble, random: this.random, note: this.note, tell: this.told.tell };
    const process: Process = new Process(this.#store, context, () => {
      this.#running.splice(this.#running.indexOf(process), 1);
      setImmediate(() => this.#begin());
    });
    this.#running.push(process);
    void this.#main(process, this.#sabotage(process.bus, process));
  }
}
