/**
 * What a Sensor would do with an event, and why not: the same admit, decide and prepare as when it runs, without a bus and without
 * consequences. Dry runs and the tests that users write are this, shown in two ways.
 */
import type { CompiledDependency, CompiledSensor, Verdict } from '../../../sensors/compiled.ts';
import { type Matching, nothingHeld } from '../../../sensors/conditions/advance.ts';
import { decide } from '../../../sensors/decide.ts';
import { withDlqs } from '../../../sensors/firing/dlq.ts';
import type { Firing } from '../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { Path } from '../../core/errors/finding.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { addressOf, type Event } from '../../core/event/event.ts';
import type { Json } from '../../core/json/json.ts';
import { Clients } from '../../core/lifecycle/clients.ts';
import { createTell } from '../../core/telemetry/tell.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { Clause } from './clauses.ts';
import type { Change, RehearsalCluster } from './cluster.ts';
import type { Given } from './given.ts';
import type { Parameter, ParameterOutcome } from './parameters.ts';

/** A rule made ready to be rehearsed, with its parts one by one. */
export interface Rehearsed {
  /** What people call a rule of another system, "EventListener ci/github"; undefined for a Sensor. */
  readonly title?: string;
  readonly compiled: CompiledSensor;
  /** By dependency. */
  readonly clauses: ReadonlyMap<string, readonly Clause[]>;
  /** By trigger. */
  readonly parameters: ReadonlyMap<string, readonly Parameter[]>;
  /** `sensor.yaml:14:9` of what a verdict of a dependency calls `at`, or of a character inside its text. */
  placeOfClause(dependency: string, at: string, offset?: number): string;
  /** That of a trigger, or of something at a path from the rule's root. */
  placeOfTrigger(trigger: string, inside?: Path, offset?: number): string;
  /** What a rehearsal leaves out because it asks nobody, since the last call. */
  takeLeftOut?(): string[];
}

/** What became of one event. */
export interface Step {
  readonly given: Given;
  /** That of the rule: see `Rehearsed`. */
  readonly title: string | undefined;
  /** The dependencies that it concerns, in the order of the YAML; none when nobody listens. */
  readonly asked: readonly Asked[];
  /** What it means for the triggers. */
  readonly outcomes: readonly Outcome[];
  /** What would be asked of others and was not. */
  readonly leftOut: readonly string[];
}

export interface Asked {
  readonly dependency: string;
  /** The event after the transform; undefined when that failed. */
  readonly event: Event | undefined;
  readonly refusal: Refused | undefined;
  readonly clauses: readonly {
    readonly at: string;
    readonly place: string;
    readonly passed: boolean;
    readonly because: string | undefined;
  }[];
}

/** A no, with its clause and its place in the file. */
interface Refused {
  readonly at: string;
  readonly place: string;
  readonly because: string;
  readonly hint: string | undefined;
  /** Set when the event cannot be used: it would go to the dead-letter store. */
  readonly error: EngineError | undefined;
}

export type Outcome =
  | { readonly kind: 'waits'; readonly trigger: string; readonly missing: readonly string[] }
  | { readonly kind: 'alone'; readonly trigger: string; readonly because: string }
  /** It would look further, and then do nothing. */
  | { readonly kind: 'idle'; readonly trigger: string; readonly summary: string }
  | Fires
  | {
      readonly kind: 'fails';
      readonly trigger: string;
      readonly error: EngineError;
      readonly place: string;
      readonly hint: string | undefined;
    };

export interface Fires {
  readonly kind: 'fires';
  readonly trigger: string;
  readonly type: string;
  /** "create Ingress playground/web-ing". */
  readonly summary: string;
  /** What would be sent, whole. */
  readonly rendered: Json;
  readonly parameters: readonly { readonly parameter: Parameter; readonly outcome: ParameterOutcome }[];
  /** What that would do to the cluster; undefined where nobody said what is there. */
  readonly effect: Effect | undefined;
}

/** What the cluster would answer, and what would then be different. */
export type Effect = { readonly changes: readonly Change[]; readonly says: string } | { readonly error: EngineError };

interface RehearsalContext {
  readonly clock: Clock;
  readonly kube: RehearsalCluster;
  /** Whether it is known what the cluster holds, so that effects can be told. */
  readonly knowsCluster: boolean;
}

/** Takes events one after another; what triggers wait for is kept between them. */
export function rehearsal(sensor: Rehearsed, context: RehearsalContext): (given: Given) => Promise<Step> {
  const held = new Map<string, Matching>();
  const placeOf = (trigger: string, key: string): string => `${trigger}\u0000${key}`;
  let sequence = 0;
  return async (given) => {
    sequence += 1;
    const asked: Asked[] = [];
    const outcomes: Outcome[] = [];
    for (const dependency of sensor.compiled.dependencies) {
      const { name } = dependency;
      const concerned = given.dependency === undefined ? isFrom(given.event, dependency) : given.dependency === name;
      if (!concerned) continue;
      const verdict = await dependency.admit(given.event);
      asked.push(await askedOf(sensor, dependency, verdict));
      if (!verdict.admitted) continue;
      const holding = (trigger: string, key: string): Matching => held.get(placeOf(trigger, key)) ?? nothingHeld;
      const admitted = { dependency: name, event: verdict.event, sequence, storedAt: context.clock.now() };
      for (const decision of decide(sensor.compiled, holding, admitted)) {
        const trigger = decision.trigger.name;
        if (decision.kind === 'alone') {
          outcomes.push({ kind: 'alone', trigger, because: decision.because });
          continue;
        }
        if (decision.joined) held.set(placeOf(trigger, decision.joined.key), decision.joined.matching);
        if (decision.kind === 'wait') outcomes.push({ kind: 'waits', trigger, missing: decision.missing });
        else outcomes.push(await firingOf(sensor, decision.firing, context));
      }
    }
    return { given, title: sensor.title, asked, outcomes, leftOut: sensor.takeLeftOut?.() ?? [] };
  };
}

function isFrom(event: Event, origin: { source: string; subject: string }): boolean {
  const { source, subject } = addressOf(event);
  return source === origin.source && subject === origin.subject;
}

async function askedOf({ clauses, placeOfClause }: Rehearsed, dependency: CompiledDependency, verdict: Verdict): Promise<Asked> {
  const { name } = dependency;
  const seen = verdict.admitted ? verdict.event : verdict.seen;
  const judgements = [];
  for (const { at, judge } of seen ? (clauses.get(name) ?? []) : []) {
    const judged = await judge(seen!);
    const because = judged.admitted ? undefined : judged.because;
    judgements.push({ at, place: placeOfClause(name, at), passed: judged.admitted, because });
  }
  if (verdict.admitted) return { dependency: name, event: seen, refusal: undefined, clauses: judgements };
  const { at, because, error } = verdict;
  const hint = (seen && dependency.hint?.(at, seen)) ?? error?.hint;
  const refusal = { at, place: placeOfClause(name, at, offsetIn(error)), because, hint, error };
  return { dependency: name, event: seen, refusal, clauses: judgements };
}

/** What a firing that was decided would do. */
export async function firingOf(sensor: Rehearsed, firing: Firing, { clock, kube, knowsCluster }: RehearsalContext): Promise<Outcome> {
  const trigger = withDlqs(sensor.compiled.triggers).find((one) => one.name === firing.trigger)!;
  const signal = new AbortController().signal;
  const parameters = (sensor.parameters.get(trigger.name) ?? []).map((parameter) => ({
    parameter,
    outcome: parameter.outcome(firing.events),
  }));
  kube.takeChanges();
  try {
    const action = await trigger.prepare(firing, { attempt: 1, signal, clock, kube, tell: createTell(), clients: new Clients() });
    const { type, summary, rendered } = action;
    if (sensor.title !== undefined && rendered === null) return { kind: 'idle', trigger: trigger.name, summary };
    // The only type whose acts stay within the cluster that it is given.
    const effect = knowsCluster && type === 'k8s' ? await effectOf(async () => action.fire(), kube) : undefined;
    return { kind: 'fires', trigger: trigger.name, type, summary, rendered, parameters, effect };
  } catch (thrown) {
    const error = fromUnknown(thrown);
    const failed = parameters.find((one) => one.outcome.kind === 'failed')?.parameter;
    const hint = failed?.hint(firing.events) ?? error.hint;
    return {
      kind: 'fails',
      trigger: trigger.name,
      error,
      place: sensor.placeOfTrigger(trigger.name, failed?.readsAt, offsetIn(error)),
      hint,
    };
  }
}

async function effectOf(fire: () => Promise<{ summary: string }>, kube: RehearsalCluster): Promise<Effect> {
  try {
    const { summary } = await fire();
    return { says: summary, changes: kube.takeChanges() };
  } catch (thrown) {
    return { error: fromUnknown(thrown) };
  }
}

/** Where in its text a program failed, if it is known. */
function offsetIn(error: unknown): number | undefined {
  for (let one = error; one instanceof EngineError; one = one.cause)
    if (typeof one.fields['offset'] === 'number') return one.fields['offset'];
  return undefined;
}
