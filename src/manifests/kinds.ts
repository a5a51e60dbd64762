import { eventBusKind } from '../../eventbus/kind.ts';
import { eventSourceKind } from '../../eventsources/kind.ts';
import { sensorKind } from '../../sensors/kind.ts';
import type { Kind } from '../core/schema/kind.ts';

/** Every kind of rule that Sensorium runs. CRDs, loading and the watch of the API server follow from this list. */
export const kinds = [eventBusKind, eventSourceKind, sensorKind] as const;

/** The kind of an object, or undefined when it is none of ours. */
export function kindOf(object: { apiVersion?: unknown; kind?: unknown }): Kind | undefined {
  return kinds.find((kind) => `${kind.group}/${kind.version}` === object.apiVersion && kind.kind === object.kind);
}
