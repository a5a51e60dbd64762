import type { Event } from '../src/core/event/event.ts';
import type { CompiledSensor, CompiledTrigger } from './compiled.ts';
import { advance, type Held, type Matching } from './conditions/advance.ts';
import { firingId } from './firing/firing-id.ts';
import type { Firing } from './triggers/trigger.ts';

/** What an event means for one trigger. */
export type Decision =
  | { readonly kind: 'fire'; readonly trigger: CompiledTrigger; readonly firing: Firing; readonly joined: Joined | undefined }
  | { readonly kind: 'wait'; readonly trigger: CompiledTrigger; readonly missing: readonly string[]; readonly joined: Joined }
  /** It has no join key, so it can never meet another. */
  | { readonly kind: 'alone'; readonly trigger: CompiledTrigger; readonly because: string };

/** What a trigger that waits for several events holds under a key from now on. */
export interface Joined {
  readonly key: string;
  readonly matching: Matching;
}

/** What a trigger holds under a key. */
export type Holding = (trigger: string, key: string) => Matching;

/** An event that passed a dependency's transform and filters, as the triggers will see it. */
export interface Admitted extends Held {
  readonly dependency: string;
}

/**
 * Decides what an admitted event means: one decision for each trigger that it concerns, in the order of the YAML. Pure.
 *
 * What a decision says is `joined` must be saved before the event is acknowledged, and before its firing begins.
 * Throws EngineError EVENT_NOT_JSON, see `advance`.
 */
export function decide(sensor: CompiledSensor, holding: Holding, admitted: Admitted): Decision[] {
  const decisions: Decision[] = [];
  // One for all triggers that it fires alone.
  const alone = new Map([[admitted.dependency, admitted.event]]);
  for (const trigger of sensor.triggers)
    if (trigger.dependencies.includes(admitted.dependency)) decisions.push(decision(sensor, trigger, holding, admitted, alone));
  return decisions;
}

function decision(
  sensor: CompiledSensor,
  trigger: CompiledTrigger,
  holding: Holding,
  admitted: Admitted,
  alone: ReadonlyMap<string, Event>,
): Decision {
  const { dependency, event, sequence, storedAt } = admitted;
  const { join } = trigger;
  if (!join) return { kind: 'fire', trigger, firing: firingOf(sensor, trigger, alone, event), joined: undefined };
  const key = join.keyOf(event);
  if (key === undefined) return { kind: 'alone', trigger, because: 'join.key gives nothing for this event, so it can meet no other' };
  const step = advance(join, holding(trigger.name, key), dependency, { event, sequence, storedAt });
  const joined = { key, matching: step.matching };
  return step.kind === 'wait'
    ? { kind: 'wait', trigger, missing: step.missing, joined }
    : { kind: 'fire', trigger, firing: firingOf(sensor, trigger, step.events, event), joined };
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
