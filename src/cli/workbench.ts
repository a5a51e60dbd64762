/**
 * Runs rules in this process: buses, event sources and sensors, each started, replaced and stopped as its rule comes, changes
 * and goes. Who finds the rules (files, an API server) is not known here.
 */
import type { EventBus } from '../../eventbus/bus.ts';
import type { EventBusObject } from '../../eventbus/kind.ts';
import type { EventSource } from '../../eventsources/kind.ts';
import { runEventSource } from '../../eventsources/runner.ts';
import { compileSensor } from '../../sensors/compile.ts';
import type { Sensor } from '../../sensors/kind.ts';
import { runSensor } from '../../sensors/runner.ts';
import { createRoutes } from '../core/http/routes.ts';
import type { Kube } from '../core/kube/kube.ts';
import { supervise } from '../core/lifecycle/supervise.ts';
import type { CheckOptions, RuleMetadata } from '../core/schema/kind.ts';
import type { Metrics } from '../core/telemetry/metrics.ts';
import type { Tell } from '../core/telemetry/tell.ts';
import type { Clock } from '../core/time/clock.ts';
import { Turns } from '../core/time/turns.ts';
import type { Rule } from '../manifests/check.ts';
import { expectSeries } from './expect-series.ts';

interface WorkbenchOptions extends CheckOptions {
  /** Opens the bus of a namespace; `object` is its EventBus rule, where there is one. */
  openBus(namespace: string, name: string, object: EventBusObject | undefined): Promise<EventBus>;
  readonly kube: Kube;
  readonly clock: Clock;
  readonly tell: Tell;
  /** The address on which event sources are called; all if left out. */
  readonly host?: string;
  /** Milliseconds that work in progress gets when it is stopped. */
  readonly drainFor: number;
  readonly relist: boolean;
  /** Where Argo's sensors ran on the same bus: see `runSensor`. */
  readonly move?: 'takeover' | 'hand-back' | undefined;
  /** Told whenever a rule has come to work, or stands by for the process that works it. */
  readonly runs?: (rule: Rule) => void;
  /** Where the rules' series stand, from before they start. */
  readonly metrics?: Metrics;
  /** Where what happens in a rule is told, if not where all is. */
  readonly tellOf?: (rule: Rule) => Tell;
  /** Decisions that each sensor keeps on its bus for `sensorium why`; none if left out. */
  readonly decisions?: number;
}

export interface Workbench extends AsyncDisposable {
  /** Starts a rule, or replaces the one of the same kind, namespace and name. Resolves when the old one has stopped. */
  set(rule: Rule): Promise<void>;
  remove(rule: Pick<Rule, 'kind' | 'metadata'>): Promise<void>;
  /** What runs, or shall run. */
  rules(): Rule[];
  /** The parts that do not work yet, by name. */
  missing(): string[];
  /** Resolves when everything that was started has ended by itself. */
  ended(): Promise<void>;
}

interface Running {
  readonly bus: string | undefined;
  stop(): Promise<void>;
  readonly ready: () => boolean;
  readonly ended: Promise<void>;
  readonly rule: Rule;
}

export function createWorkbench(options: WorkbenchOptions): Workbench {
  const { clock } = options;
  const buses = new Map<string, Promise<EventBus>>();
  const busRules = new Map<string, EventBusObject>();
  const running = new Map<string, Running>();
  const turns = new Map<string, Promise<void>>();
  const processTurns = new Turns(clock);
  const notebooks = { open: 0 };
  const routes = createRoutes({ host: options.host ?? '0.0.0.0', clock });

  const openBus = (namespace: string, name: string): Promise<EventBus> => {
    const id = `${namespace}/${name}`;
    const open = buses.get(id) ?? options.openBus(namespace, name, busRules.get(id));
    buses.set(id, open);
    open.catch(() => buses.delete(id));
    return open;
  };

  function start(rule: Rule): Running {
    const controller = new AbortController();
    const { namespace, name } = rule.metadata;
    const busName = (rule.value as { spec: { eventBusName?: string } }).spec.eventBusName ?? 'default';
    let isReady = false;
    let bus: EventBus | undefined;
    if (options.metrics) expectSeries(options.metrics, rule);
    const part = `${rule.kind} ${namespace}/${name}`;
    const tell = options.tellOf?.(rule) ?? options.tell;
    const ended = supervise(
      part,
      async (signal) => {
        bus = await openBus(namespace, busName);
        const onReady = (ready = true): void => {
          isReady = ready;
          if (ready) options.runs?.(rule);
        };
        const deps = { bus, kube: options.kube, clock, tell, turns: processTurns, notebooks, signal, onReady };
        if (rule.kind === 'EventSource')
          return runEventSource(rule.value as EventSource, {
            ...deps,
            routes,
            relist: options.relist,
            reports: Boolean(options.decisions),
          });
        const { compiled } = compileSensor(rule.value as Sensor, { ...options, clock });
        const { drainFor, decisions = 0, move } = options;
        if (compiled) await runSensor(compiled, { ...deps, drainFor, decisions, move });
      },
      { signal: controller.signal, clock, tell },
    );
    return {
      rule,
      bus: `${namespace}/${busName}`,
      ready: () => isReady && bus?.connected === true,
      ended,
      async stop() {
        controller.abort();
        await ended;
      },
    };
  }

  async function replace(id: string, rule: Rule | undefined): Promise<void> {
    const old = running.get(id);
    if (old) {
      running.delete(id);
      await old.stop();
    }
    if (rule) running.set(id, start(rule));
  }

  /** Changes of one rule happen one after another: a rule that is saved twice quickly must not run twice. */
  const inTurn = (id: string, change: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(change);
    turns.set(
      id,
      turn.catch(() => {}),
    );
    return turn;
  };

  /** The bus's rule changed or went: what uses it stops, the bus is closed, and they start anew on the next one. */
  async function changeBus(namespace: string, name: string, object: EventBusObject | undefined): Promise<void> {
    const id = `${namespace}/${name}`;
    if (object) busRules.set(id, object);
    else busRules.delete(id);
    const open = buses.get(id);
    if (!open) return;
    const users = [...running].filter(([, one]) => one.bus === id);
    await Promise.all(users.map(([key, one]) => inTurn(key, () => one.stop())));
    buses.delete(id);
    await close(open);
    await Promise.all(
      users.map(([key, one]) => inTurn(key, async () => void (running.get(key) === one && running.set(key, start(one.rule))))),
    );
  }

  const change = (kind: string, { namespace, name }: RuleMetadata, rule: Rule | undefined): Promise<void> => {
    const id = `${kind} ${namespace}/${name}`;
    return inTurn(id, () =>
      kind === 'EventBus' ? changeBus(namespace, name, rule?.value as EventBusObject | undefined) : replace(id, rule),
    );
  };
  return {
    set: (rule) => change(rule.kind, rule.metadata, rule),
    remove: ({ kind, metadata }) => change(kind, metadata, undefined),
    rules: () => [...running.values()].map(({ rule }) => rule),
    missing: () => [...running].filter(([, one]) => !one.ready()).map(([id]) => id),
    async ended() {
      await Promise.all([...running.values()].map((one) => one.ended));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(turns.values());
      await Promise.all([...running.values()].map((one) => one.stop()));
      running.clear();
      await Promise.all([...buses.values()].map(close));
      buses.clear();
    },
  };
}

async function close(open: Promise<EventBus>): Promise<void> {
  const bus = await open.catch(() => undefined);
  await bus?.[Symbol.asyncDispose]();
}
