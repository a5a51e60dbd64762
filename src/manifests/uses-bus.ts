import { kindOf } from './kinds.ts';

/** Of other systems: what something runs for, on the bus `default` of its namespace. The others are used by these. */
const running = ['EventListener', 'ApiServerSource', 'PingSource', 'Broker', 'Channel', 'InMemoryChannel', 'Sequence', 'Parallel'];

/** Whether anything of an object travels on a bus. */
export function usesBus(object: { readonly apiVersion?: unknown; readonly kind?: unknown }): boolean {
  const kind = kindOf(object);
  return kind !== undefined && (kind.group === 'argoproj.io' || running.includes(kind.kind));
}
