import { EngineError } from '../src/core/errors/engine-error.ts';
import { fromUnknown } from '../src/core/errors/from-unknown.ts';
import { addressOf, type Event } from '../src/core/event/event.ts';
import { stableId } from '../src/core/event/stable-id.ts';
import type { Party } from '../src/core/time/turns.ts';
import type { CompiledDependency, CompiledSensor, CompiledTrigger, Verdict } from './compiled.ts';
import { type Held, nothingHeld } from './conditions/advance.ts';
import type { Joins } from './conditions/joins.ts';
import { type Decision, decide, type Holding } from './decide.ts';
import type { DeliveryHold } from './deliveries/intake.ts';
import { Filtered } from './filtered.ts';
import type { Lane } from './firing/lane.ts';
import type { LaneContext } from './firing/lane-context.ts';
import { park } from './firing/park.ts';
import type { Floors } from './takeover/floors.ts';

/**
 * One event's way from the bus to the lanes of the triggers that it concerns: admitted once for each dependency, whatever the
 * number of triggers, then decided. What cannot be used is parked with its reason.
 *
 * The hold is released here when nobody needs it: filtered, parked, or of no concern. The answer is a promise where a verdict was one, or
 * where the process owed its others a turn before it; it never rejects. A verdict that comes when the shift is over changes nothing.
 * What Argo had done before the sensor moved to us (`floors`) is left out.
 */
export function taker(
  context: LaneContext,
  lanes: ReadonlyMap<string, Lane>,
  joins: Joins | undefined,
  party: Party,
  floors?: Floors,
): (hold: DeliveryHold) => void | Promise<void> {
  const { sensor, tell, clock } = context;
  const byOrigin = dependenciesByOrigin(sensor);
  const byDependency = sensorByDependency(sensor);

  const judged = (verdict: Verdict, dependency: CompiledDependency, event: Event, hold: DeliveryHold): void => {
    if (!verdict.admitted) {
      if (verdict.error) setAside(verdict.error, { dependency: dependency.name, event }, hold);
      else tell.eventFiltered(new Filtered(sensor.name, dependency, event.id, verdict));
      return;
    }
    const fields = { sensor: sensor.name, dependency: dependency.name, event: event.id };
    tell.eventAdmitted(fields);
    const { sequence, storedAt } = hold.delivery;
    const held = { event: verdict.event, sequence, storedAt };
    joins?.keepTime();
    for (const decision of decide(byDependency.get(dependency.name)!, joins?.holding ?? nothing, {
      dependency: dependency.name,
      ...held,
    })) {
      const { kind, trigger } = decision;
      if (floors?.isDone(sequence, dependency.name, trigger.name)) continue;
      if (kind === 'alone') tell.eventAlone({ ...fields, trigger: trigger.name, because: decision.because });
      else if (decision.joined) joined(decision, dependency, held, hold);
      else if (kind === 'fire')
        lanes.get(trigger.name)!.arrive({ firing: decision.firing, decidedAt: clock.now(), storedAt, attempts: 0 }, hold);
    }
  };

  const joined = (
    decision: Exclude<Decision, { kind: 'alone' }>,
    { name: dependency }: CompiledDependency,
    held: Held,
    hold: DeliveryHold,
  ): void => {
    const { trigger } = decision;
    const { key, matching } = decision.joined!;
    const firing = decision.kind === 'fire' ? decision.firing : undefined;
    try {
      joins!.take({ trigger, dependency, key, held, matching, firing, replay: hold.replay }, hold, clock.now());
      if (decision.kind === 'wait') {
        const { missing } = decision;
        tell.eventHeld({
          sensor: sensor.name,
          trigger: trigger.name,
          dependency,
          event: held.event.id,
          ...(key === '' ? {} : { key }),
          missing,
        });
      }
    } catch (thrown) {
      setAside(fromUnknown(thrown), { dependency, event: hold.delivery.event! }, hold);
    }
  };

  /** Each dependency in turn, from this index on. */
  const takeFor = (dependencies: readonly CompiledDependency[], from: number, event: Event, hold: DeliveryHold): void | Promise<void> => {
    for (let index = from; index < dependencies.length; index++) {
      const dependency = dependencies[index]!;
      if (floors?.isDone(hold.delivery.sequence, dependency.name)) continue;
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
    hold: DeliveryHold,
  ): Promise<void> => {
    const dependency = dependencies[index]!;
    try {
      const verdict = await pending;
      if (!context.over.aborted) judged(verdict, dependency, event, hold);
    } catch (thrown) {
      setAside(fromUnknown(thrown), { dependency: dependency.name, event }, hold);
    }
    if (!context.over.aborted) await takeFor(dependencies, index + 1, event, hold);
  };

  /** The event cannot be used, now or ever. */
  const setAside = (error: EngineError, { dependency, event }: { dependency?: string; event?: Event }, hold: DeliveryHold): void => {
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
    const listening = event ? (sensor.listening?.(event) ?? byOrigin.get(originKey(addressOf(event))) ?? []) : [];
    if (event) return takeFor(hold.only === undefined ? listening : listening.filter(({ name }) => name === hold.only), 0, event, hold);
    setAside(notAnEvent(subject, problem ?? ''), {}, hold);
    hold.release();
  };
}

const nothing: Holding = () => nothingHeld;

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

/** The sensor with those triggers that a dependency concerns: of a thousand, an event has to do with few. */
function sensorByDependency(sensor: CompiledSensor): ReadonlyMap<string, CompiledSensor> {
  const byDependency = new Map<string, CompiledTrigger[]>(sensor.dependencies.map(({ name }) => [name, []]));
  for (const trigger of sensor.triggers) for (const name of new Set(trigger.dependencies)) byDependency.get(name)?.push(trigger);
  return new Map([...byDependency].map(([name, triggers]) => [name, { ...sensor, triggers }]));
}

const originKey = ({ source, subject }: { source: string; subject: string }): string => `${source}\u0000${subject}`;

/** The bus gives the whole sentence of this error; its reason is what comes after the colon. */
function notAnEvent(subject: string, problem: string): EngineError {
  return new EngineError('EVENT_NOT_A_CLOUDEVENT', { subject, reason: problem.replace(/^the message on .* is not a CloudEvent: /, '') });
}
