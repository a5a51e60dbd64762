/**
 * Runs rules in this process: buses, event sources and sensors, each started, replaced and stopped as its rule comes, changes
 * and goes. Who finds the rules (files, an API server) is not known here.
 */
import type { EventBus } from '../../eventbus/bus.ts';
import type { EventBusObject } from '../../eventbus/kind.ts';
import type { EventSource } from '../../eventsources/kind.ts';
import type { Listener } from '../../eventsources/runner.ts';
import type { CompiledSensor } from '../../sensors/compiled.ts';
import type { Sensor } from '../../sensors/kind.ts';
import { createRoutes } from '../core/http/routes.ts';
import { type Kube, nameOf } from '../core/kube/kube.ts';
import type { CheckOptions } from '../core/schema/kind.ts';
import type { Metrics } from '../core/telemetry/metrics.ts';
import type { Tell } from '../core/telemetry/tell.ts';
import type { Clock } from '../core/time/clock.ts';
import { Turns } from '../core/time/turns.ts';
import { concerns, type Dialect, type Part, type Standing } from '../dialects/dialect.ts';
import type { Rule } from '../manifests/rule.ts';
import { type DialectRun, runDialect } from './dialects/run-dialect.ts';
import { dialectWorld, type Places } from './dialects/world.ts';
import { expectSeries } from './expect-series.ts';
import { type Job, type JobContext, Jobs } from './jobs.ts';

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
  /** Told how a rule of another system's stands. */
  readonly stands?: (rule: Rule, standing: Standing) => void;
  /** Where the rules' series stand, from before they start. */
  readonly metrics?: Metrics;
  /** Where what happens in a rule is told, if not where all is. */
  readonly tellOf?: (rule: Rule) => Tell;
  /** Decisions that each sensor keeps on its bus for `sensorium why`; none if left out. */
  readonly decisions?: number;
  /** The other systems whose rules are worked too; none if left out. */
  readonly dialects?: readonly Dialect[];
  /** Where what other systems' rules name is found from here. */
  readonly places?: Places;
  /** Other systems' rules are kept, and none runs, until `gathered` is called. */
  readonly gathers?: boolean;
}

export interface Workbench extends AsyncDisposable {
  /** Starts a rule, or replaces the one of the same kind, namespace and name. Resolves when the old one has stopped. */
  set(rule: Rule): Promise<void>;
  /** All rules that were there at the start are set: those of other systems run from now on, together. */
  gathered(): Promise<void>;
  remove(rule: Pick<Rule, 'group' | 'kind' | 'metadata'>): Promise<void>;
  /** What runs, or shall run. */
  rules(): Rule[];
  /** The parts that do not work yet, by name. */
  missing(): string[];
  /** Resolves when everything that was started has ended by itself. */
  ended(): Promise<void>;
}

/** The parts, loaded when there is a rule for them: a process that works sensors does without the event sources. */
const eventSources = () => import('../../eventsources/runner.ts');
const sensors = async () => ({ ...(await import('../../sensors/compile.ts')), ...(await import('../../sensors/runner.ts')) });

export function createWorkbench(options: WorkbenchOptions): Workbench {
  const { clock, kube, metrics, decisions = 0, drainFor, move } = options;
  const jobs = new Jobs(options);
  const shared = { kube, clock, turns: new Turns(clock), notebooks: { open: 0 } };
  const routes = createRoutes({ host: options.host ?? '0.0.0.0', clock });
  const world = dialectWorld({ jobs, clock, ...options.places });
  const others = new Map<Dialect, DialectRun>(
    (options.dialects ?? []).map((dialect) => [
      dialect,
      runDialect({
        dialect,
        world,
        clock,
        gathers: options.gathers ?? false,
        start: (part, rules) => jobs.set(part.id, partJob(part, rules)),
        keep: (part, rules) => jobs.keep(part.id, rules),
        stop: (id) => jobs.remove(id),
        stands: (rule, standing) => options.stands?.(rule, standing),
      }),
    ]),
  );
  const otherOf = (kind: Pick<Rule, 'group' | 'kind'>): DialectRun | undefined =>
    [...others].find(([dialect]) => concerns(dialect, kind))?.[1];

  const listening = (deps: JobContext & { tell: Tell }) => ({
    ...shared,
    ...deps,
    routes,
    relist: options.relist,
    reports: decisions > 0,
  });
  /** What listens for it may take events before it has subscribed, and a rule of a file does not say when it was made. */
  const sensing = async (sensor: CompiledSensor, handedIn: Date, deps: JobContext & { tell: Tell }): Promise<void> =>
    (await sensors()).runSensor({ ...sensor, since: sensor.since ?? handedIn }, { ...shared, ...deps, drainFor, decisions, move });

  function job(rule: Rule): Job {
    const { eventBusName: busName = 'default' } = (rule.value as { spec: { eventBusName?: string } }).spec;
    const tell = options.tellOf?.(rule) ?? options.tell;
    if (metrics) expectSeries(metrics, rule);
    const handedIn = new Date(clock.now());
    return {
      namespace: rule.metadata.namespace,
      busName,
      rules: [rule],
      tell,
      async run(context) {
        if (rule.kind === 'EventSource')
          return (await eventSources()).runEventSource(rule.value as EventSource, listening({ ...context, tell }));
        const { compiled } = (await sensors()).compileSensor(rule.value as Sensor, { ...options, clock });
        if (compiled) await sensing(compiled, handedIn, { ...context, tell });
      },
    };
  }

  function partJob({ namespace, runs }: Part, rules: readonly Rule[]): Job {
    const tell = (rules[0] && options.tellOf?.(rules[0])) ?? options.tell;
    const handedIn = new Date(clock.now());
    const run = async (context: JobContext): Promise<void> => {
      if ('sensor' in runs) return sensing(runs.sensor, handedIn, { ...context, tell });
      const { name, definition, spec, address } = runs.listener;
      const listener: Listener = { definition, eventName: address.subject, spec, address };
      await (await eventSources()).runListeners({ namespace, name }, [listener], listening({ ...context, tell }));
    };
    return { namespace: 'listener' in runs ? runs.listener.busNamespace : namespace, busName: 'default', rules, tell, run };
  }

  return {
    set(rule) {
      const { namespace, name } = rule.metadata;
      if (rule.kind === 'EventBus') return jobs.changeBus(namespace, name, rule.value as EventBusObject);
      return otherOf(rule)?.set(rule) ?? jobs.set(nameOf(rule, rule.metadata), job(rule));
    },
    async gathered() {
      await Promise.all([...others.values()].map((one) => one.gathered()));
    },
    remove(rule) {
      const { namespace, name } = rule.metadata;
      if (rule.kind === 'EventBus') return jobs.changeBus(namespace, name, undefined);
      return otherOf(rule)?.remove(rule) ?? jobs.remove(nameOf(rule, rule.metadata));
    },
    rules: () => [...new Set([...jobs.all().flatMap((one) => one.rules), ...[...others.values()].flatMap((one) => [...one.rules()])])],
    missing: () => jobs.missing(),
    ended: () => jobs.ended(),
    async [Symbol.asyncDispose]() {
      await jobs[Symbol.asyncDispose]();
    },
  };
}
