import type { Event } from '../src/core/event/event.ts';
import type { CompiledSensor, CompiledTrigger } from './compiled.ts';
import { advance, type JoinState, nothingYet } from './conditions/join.ts';
import { firingId } from './firing/firing-id.ts';
import type { Firing } from './triggers/trigger.ts';

/** What an event means for one trigger. */
export type Decision =
  | { readonly kind: 'wait'; readonly trigger: CompiledTrigger; readonly missing: readonly string[] }
  | { readonly kind: 'fire'; readonly trigger: CompiledTrigger; readonly firing: Firing };

/** What the conditions of a sensor know, by trigger name; a trigger that is not there knows nothing yet. */
export type SensorState = ReadonlyMap<string, JoinState>;

/** An event that passed a dependency's transform and filters, as the triggers will see it. */
export interface Admitted {
  readonly dependency: string;
  readonly event: Event;
}

/**
 * Decides what an admitted event means: one decision for each trigger that it concerns, in the order of the YAML. Pure.
 *
 * The state comes back as the same object where nothing changed; a changed one must be saved before the event is acknowledged.
 */
export function decide(sensor: CompiledSensor, state: SensorState, admitted: Admitted): { state: SensorState; decisions: Decision[] } {
  const events = new Map([[admitted.dependency, admitted.event]]);
  const decisions: Decision[] = [];
  let next = state;
  for (const trigger of sensor.triggers) {
    if (!trigger.dependencies.includes(admitted.dependency)) continue;
    const before = state.get(trigger.name) ?? nothingYet;
    const step = advance(before, events);
    if (step.state !== before) next = new Map(next).set(trigger.name, step.state);
    decisions.push(
      step.kind === 'wait'
        ? { kind: 'wait', trigger, missing: step.missing }
        : { kind: 'fire', trigger, firing: firingOf(sensor, trigger, step.events, admitted.event) },
    );
  }
  return { state: next, decisions };
}

/** The order key is that of the event which completed the condition. */
function firingOf(sensor: CompiledSensor, trigger: CompiledTrigger, events: ReadonlyMap<string, Event>, completedBy: Event): Firing {
  return {
    id: firingId(sensor, trigger.name, events),
    sensor: sensor.name,
    namespace: sensor.namespace,
    trigger: trigger.name,
    events,
    orderKey: trigger.orderKeyOf(completedBy),
  };
}
