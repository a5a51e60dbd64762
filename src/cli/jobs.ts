/**
 * What runs in this process, each on its bus: started, replaced and stopped by name, and started anew when the bus changes.
 */
import type { EventBus } from '../../eventbus/bus.ts';
import type { EventBusObject } from '../../eventbus/kind.ts';
import { nameOf } from '../core/kube/kube.ts';
import { supervise } from '../core/lifecycle/supervise.ts';
import type { Tell } from '../core/telemetry/tell.ts';
import type { Clock } from '../core/time/clock.ts';
import type { Rule } from '../manifests/rule.ts';

/** Something that runs because of rules. */
export interface Job {
  readonly namespace: string;
  readonly busName: string;
  readonly rules: readonly Rule[];
  readonly tell: Tell;
  /** Runs until the signal aborts; started again after a while when it rejects. */
  run(context: JobContext): Promise<void>;
}

export interface JobContext {
  readonly bus: EventBus;
  readonly signal: AbortSignal;
  readonly onReady: (isReady?: boolean) => void;
}

interface JobsOptions {
  openBus(namespace: string, name: string, object: EventBusObject | undefined): Promise<EventBus>;
  readonly clock: Clock;
  /** Told of a rule whenever all that runs because of it has come to work. */
  readonly runs?: ((rule: Rule) => void) | undefined;
}

interface Running {
  job: Job;
  readonly ready: () => boolean;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const busIdOf = ({ namespace, busName }: Job): string => `${namespace}/${busName}`;

export class Jobs implements AsyncDisposable {
  readonly #options: JobsOptions;
  readonly #buses = new Map<string, Promise<EventBus>>();
  readonly #busRules = new Map<string, EventBusObject>();
  readonly #running = new Map<string, Running>();
  readonly #turns = new Map<string, Promise<void>>();
  /** Nothing is started any more. */
  #isOver = false;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Starts a job, or replaces the one of this name. Resolves when the old one has stopped. */
  set(name: string, job: Job): Promise<void> {
    return this.#inTurn(name, () => this.#replace(name, job));
  }

  /** The rules of a job as they are now, where it goes on as it is. */
  keep(name: string, rules: readonly Rule[]): Promise<void> {
    return this.#inTurn(name, async () => {
      const running = this.#running.get(name);
      if (!running) return;
      running.job = { ...running.job, rules };
      if (running.ready()) this.#tellOf(rules);
    });
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(name, () => this.#replace(name, undefined));
  }

  /** The bus's rule changed or went: what uses it stops, the bus is closed, and they start anew on the next one. */
  changeBus(namespace: string, name: string, object: EventBusObject | undefined): Promise<void> {
    return this.#inTurn(`EventBus ${namespace}/${name}`, async () => {
      const id = `${namespace}/${name}`;
      if (object) this.#busRules.set(id, object);
      else this.#busRules.delete(id);
      const open = this.#buses.get(id);
      if (!open) return;
      const users = [...this.#running].filter(([, { job }]) => busIdOf(job) === id);
      await Promise.all(users.map(([key, one]) => this.#inTurn(key, () => one.stop())));
      this.#buses.delete(id);
      await close(open);
      await Promise.all(
        users.map(([key, one]) =>
          this.#inTurn(key, async () => void (this.#running.get(key) === one && (await this.#replace(key, one.job)))),
        ),
      );
    });
  }

  /** The bus of this name, opened when it is first asked for. */
  bus(namespace: string, name: string): Promise<EventBus> {
    const id = `${namespace}/${name}`;
    const open = this.#buses.get(id) ?? this.#options.openBus(namespace, name, this.#busRules.get(id));
    this.#buses.set(id, open);
    open.catch(() => this.#buses.delete(id));
    return open;
  }

  all(): Job[] {
    return [...this.#running.values()].map(({ job }) => job);
  }

  /** The names of those that do not work yet. */
  missing(): string[] {
    return [...this.#running].filter(([, one]) => !one.ready()).map(([name]) => name);
  }

  /** Resolves when everything that was started has ended by itself. */
  async ended(): Promise<void> {
    await Promise.all([...this.#running.values()].map((one) => one.ended));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#turns.values());
    await Promise.all([...this.#running.values()].map((one) => one.stop()));
    this.#running.clear();
    await Promise.all([...this.#buses.values()].map(close));
    this.#buses.clear();
  }

  #start(name: string, job: Job): Running {
    const controller = new AbortController();
    const { clock } = this.#options;
    let isReady = false;
    let bus: EventBus | undefined;
    const ended = supervise(
      name,
      async (signal) => {
        bus = await this.bus(job.namespace, job.busName);
        const onReady = (ready = true): void => {
          isReady = ready;
          if (ready) this.#tellOf(this.#running.get(name)?.job.rules ?? []);
        };
        await job.run({ bus, signal, onReady });
      },
      { signal: controller.signal, clock, tell: job.tell },
    );
    return {
      job,
      ready: () => isReady && !controller.signal.aborted && bus?.connected === true,
      ended,
      async stop() {
        controller.abort();
        await ended;
      },
    };
  }

  #tellOf(rules: readonly Rule[]): void {
    const { runs } = this.#options;
    if (!runs) return;
    const waiting = new Set([...this.#running.values()].filter((one) => !one.ready()).flatMap(({ job }) => job.rules.map(idOf)));
    for (const rule of rules) if (!waiting.has(idOf(rule))) runs(rule);
  }

  /** While the old one stops it is still there: whoever asks who waits for an event must not hear that nobody does. */
  async #replace(name: string, job: Job | undefined): Promise<void> {
    await this.#running.get(name)?.stop();
    if (job && !this.#isOver) this.#running.set(name, this.#start(name, job));
    else this.#running.delete(name);
  }

  /** Changes of one job happen one after another: a rule that is saved twice quickly must not run twice. */
  #inTurn(name: string, change: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(name) ?? Promise.resolve()).then(change);
    this.#turns.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  }
}

const idOf = (rule: Rule): string => `${rule.group}/${nameOf(rule, rule.metadata)}`;

async function close(open: Promise<EventBus>): Promise<void> {
  const bus = await open.catch(() => undefined);
  await bus?.[Symbol.asyncDispose]();
}
