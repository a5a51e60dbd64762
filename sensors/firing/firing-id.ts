import { type Event, identityOf } from '../../src/core/event/event.ts';
import { stableId } from '../../src/core/event/stable-id.ts';

/**
 * The same decision has the same id, in whichever process and however often it is taken: namespace, sensor and trigger, then
 * each dependency with the identity of its event. The dependency's name is part of it because one event may pass two dependencies of
 * a trigger, and then fires it twice.
 */
export function firingId(
  sensor: { readonly namespace: string; readonly name: string },
  trigger: string,
  events: ReadonlyMap<string, Event>,
): string {
  const parts = [sensor.namespace, sensor.name, trigger];
  for (const [dependency, event] of events) parts.push(dependency, identityOf(event));
  return stableId(...parts);
}
