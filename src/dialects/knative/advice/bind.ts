/** What a SinkBinding does to a pod: the variables by which a program learns where to send its events. Pure. */
import { isObject, type Json, type JsonObject } from '../../../core/json/json.ts';
import { goJson } from '../../../core/json/stringify.ts';
import type { CeOverrides } from '../kinds/fields.ts';

export interface Binding {
  readonly sink: string;
  readonly caCerts?: string | undefined;
  readonly overrides?: CeOverrides;
}

const names = ['K_SINK', 'K_CE_OVERRIDES', 'K_CA_CERTS'];

/** The variables in the order in which Knative sets them. */
export function environmentOf({ sink, caCerts, overrides }: Binding): { name: string; value: string }[] {
  return [
    { name: 'K_SINK', value: sink },
    ...(caCerts === undefined ? [] : [{ name: 'K_CA_CERTS', value: caCerts }]),
    { name: 'K_CE_OVERRIDES', value: overrides ? goJson(overrides as Json) : '' },
  ];
}

/** The pod with the variables in all its containers, in the place of those that were there. */
export function bound(pod: JsonObject, binding: Binding): JsonObject {
  const environment = environmentOf(binding);
  const withVariables = (container: Json): Json => {
    if (!isObject(container)) return container;
    const env = Array.isArray(container['env']) ? container['env'] : [];
    return { ...container, env: [...env.filter((one) => !isObject(one) || !names.includes(String(one['name']))), ...environment] };
  };
  const lists = ['initContainers', 'containers'].flatMap((field) => {
    const containers = pod[field];
    return Array.isArray(containers) ? [[field, containers.map(withVariables)]] : [];
  });
  return { ...pod, ...Object.fromEntries(lists) };
}
