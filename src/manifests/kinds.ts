import { eventBusKind } from '../../eventbus/kind.ts';
import { eventSourceKind } from '../../eventsources/kind.ts';
import { sensorKind } from '../../sensors/kind.ts';
import { isOf, type Kind } from '../core/schema/kind.ts';
import { dialectOf, dialects } from '../dialects/index.ts';

/** Every kind of rule that Sensorium runs. CRDs, loading and the watch of the API server follow from this list. */
export const kinds: readonly Kind[] = [eventBusKind, eventSourceKind, sensorKind, ...dialects.flatMap((dialect) => [...dialect.kinds])];

/** The systems whose rules run here. */
export const systems: readonly string[] = ['argo', ...dialects.map(({ name }) => name)];

/** The system that a kind belongs to, one of `systems`. */
export const systemOf = (kind: { readonly group: string; readonly kind: string }): string => dialectOf(kind)?.name ?? 'argo';

/** The kind of an object, or undefined when it is none of ours. */
export function kindOf(object: { apiVersion?: unknown; kind?: unknown }): Kind | undefined {
  return kinds.find((kind) => isOf(kind, object));
}

/** What files about a kind are called: by its name, and by its group where another system has a kind of that name. */
export const fileNameOf = ({ kind, group }: Kind): string =>
  (kinds.filter((one) => one.kind === kind).length > 1 ? `${kind}.${group}` : kind).toLowerCase();
