import { EngineError } from '../src/core/errors/engine-error.ts';
import { fromUnknown } from '../src/core/errors/from-unknown.ts';
import type { Event } from '../src/core/event/event.ts';
import { stableId } from '../src/core/event/stable-id.ts';
import type { Party } from '../src/core/time/turns.ts';
import type { CompiledDependency, CompiledSensor, Verdict } from './compiled.ts';
import { decide, type SensorState } from './decide.ts';
import type { Hold } from './deliveries/intake.ts';
import type { Lane } from './firing/lane.ts';
import type { LaneContext } from './firing/lane-context.ts';
import { park } from './firing/park.ts';

/**
 * One event's way from the bus to the lanes of the triggers that it concerns: admitted once for each dependency, whatever the
 * number of triggers, then decided. What cannot be used is parked with its reason.
 *
 * The hold is released here when nobody needs it: filtered, parked, or of no concern. The answer is a promise where a verdict was one, or
 * where the process owed its others a turn before it; it never rejects. A verdict that comes when the shift is over changes nothing.
 */
export function taker(context: LaneContext, lanes: ReadonlyMap<string, Lane>, party: Party): (hold: Hold) => void | Promise<void> {
  const { sensor, tell, clock } = context;
  const byOrigin = dependenciesByOrigin(sensor);
  let state: SensorState = new Map();

  const judged = (verdict: Verdict, dependency: CompiledDependency, event: Event, hold: Hold): void => {
    const fields = { sensor: sensor.name, dependency: dependency.name, event: event.id };
    if (!verdict.admitted) {
      if (verdict.error) setAside(verdict.error, { dependency: dependency.name, event }, hold);
      else tell.eventFiltered({ ...fields, because: verdict.because, at: verdict.at });
      return;
    }
    tell.eventAdmitted(fields);
    const decided = decide(sensor, state, { dependency: dependency.name, event: verdict.event });
    state = decided.state;
    const { storedAt } = hold.delivery;
    for (const decision of decided.decisions)
      if (decision.kind === 'fire')
        lanes.get(decision.trigger.name)!.arrive({ firing: decision.firing, decidedAt: clock.now(), storedAt, attempts: 0 }, hold);
  };

  /** Each dependency in turn, from this index on. */
  const takeFor = (dependencies: readonly CompiledDependency[], from: number, event: Event, hold: Hold): void | Promise<void> => {
    for (let index = from; index < dependencies.length; index++) {
      const dependency = dependencies[index]!;
      try {
        tell.eventReceived({ sensor: sensor.name, dependency: dependency.name, event: event.id });
        const verdict = party.do(() => dependency.admit(event, party));
        if (verdict instanceof Promise) return takeLater(verdict, dependencies, index, event, hold);
        judged(verdict, dependency, event, hold);
      } catch (thrown) {
        setAside(fromUnknown(thrown), { dependency: dependency.name, event }, hold);
      }
    }
    hold.release();
  };

  const takeLater = async (
    pending: Promise<Verdict>,
    dependencies: readonly CompiledDependency[],
    index: number,
    event: Event,
    hold: Hold,
  ): Promise<void> => {
    const dependency = dependencies[index]!;
    try {
      const verdict = await pending;
      if (context.over.aborted) return;
      judged(verdict, dependency, event, hold);
    } catch (thrown) {
      setAside(fromUnknown(thrown), { dependency: dependency.name, event }, hold);
    }
    await takeFor(dependencies, index + 1, event, hold);
  };

  /** The event cannot be used, now or ever. */
  const setAside = (error: EngineError, { dependency, event }: { dependency?: string; event?: Event }, hold: Hold): void => {
    const { subject, sequence } = hold.delivery;
    const { name, namespace } = sensor;
    const id = stableId(namespace, name, dependency ?? '', event?.id ?? '', subject, `${sequence}`);
    const whose = dependency === undefined ? { message: { subject, sequence } } : { dependency };
    const events = new Map(event ? [[dependency ?? '', event]] : []);
    tell.eventUnusable({ sensor: name, ...whose, event: event?.id, error });
    hold.retain();
    park(context.parked, { id, sensor: name, namespace, ...whose, error, attempts: 0, events }, context).then(
      () => hold.release(),
      context.fail,
    );
  };

  return (hold) => {
    const { event, problem, subject } = hold.delivery;
    if (event) return takeFor(byOrigin.get(originKey(event)) ?? [], 0, event, hold);
    setAside(notAnEvent(subject, problem ?? ''), {}, hold);
    hold.release();
  };
}

/** A dependency that no trigger waits for concerns nobody. */
function dependenciesByOrigin(sensor: CompiledSensor): ReadonlyMap<string, CompiledDependency[]> {
  const wanted = new Set(sensor.triggers.flatMap((trigger) => trigger.dependencies));
  const byOrigin = new Map<string, CompiledDependency[]>();
  for (const dependency of sensor.dependencies) {
    if (!wanted.has(dependency.name)) continue;
    const key = originKey(dependency);
    byOrigin.set(key, [...(byOrigin.get(key) ?? []), dependency]);
  }
  return byOrigin;
}

const originKey = ({ source, subject }: { source: string; subject: string }): string => `${source}\u0000${subject}`;

/** The bus gives the whole sentence of this error; its reason is what comes after the colon. */
function notAnEvent(subject: string, problem: string): EngineError {
  return new EngineError('EVENT_NOT_A_CLOUDEVENT', { subject, reason: problem.replace(/^the message on .* is not a CloudEvent: /, '') });
}
