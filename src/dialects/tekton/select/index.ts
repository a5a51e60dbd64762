/**
 * Which triggers an event of an EventListener concerns: those that its selectors find, then those that it lists, then those of its groups.
 * One that is found twice runs twice, as in Tekton.
 */
import type { EventListener } from '../kinds/event-listener.ts';
import type { ListenerSpec } from '../kinds/listener-spec.ts';
import type { Trigger } from '../kinds/trigger.ts';
import type { TriggerSpec } from '../kinds/trigger-spec.ts';
import { selects } from './labels.ts';

/** A trigger as one EventListener runs it. */
export interface Chosen {
  /** Unique in the listener, and the same as long as the listener and the trigger say the same: what is told of it, and the ids of its firings, go by this. */
  readonly id: string;
  /** What becomes a label of what it creates; empty for one without a name. */
  readonly name: string;
  /** Where its bindings and templates are looked for, and what it creates goes to. */
  readonly namespace: string;
  /** Undefined where the listener names a Trigger that is not there. */
  readonly spec: TriggerSpec | undefined;
  /** Its place among the listener's groups. */
  readonly group: number | undefined;
}

type Selectors = Pick<ListenerSpec, 'namespaceSelector' | 'labelSelector'>;

export function chosenBy({ metadata, spec }: EventListener, triggers: readonly Trigger[]): Chosen[] {
  const { namespace } = metadata;
  const { triggers: listed = [], triggerGroups = [] } = spec;
  const chosen = [
    ...selected(spec, namespace, triggers).map((trigger) => named(trigger, namespace)),
    ...listed.map((entry, index): Chosen => {
      if (!entry.triggerRef)
        return { id: entry.name || `triggers[${index}]`, name: entry.name ?? '', namespace, spec: entry, group: undefined };
      const found = triggers.find((one) => one.metadata.namespace === namespace && one.metadata.name === entry.triggerRef);
      if (found) return named(found, namespace);
      return { id: entry.triggerRef, name: entry.triggerRef, namespace, spec: undefined, group: undefined };
    }),
    ...triggerGroups.flatMap(({ name, triggerSelector = {} }, group) =>
      selected(triggerSelector, namespace, triggers).map((trigger) => {
        const one = named(trigger, namespace);
        return { ...one, id: `${name}/${one.id}`, group };
      }),
    ),
  ];
  return withIds(chosen);
}

/** Those of the namespaces, or of the listener's own where only labels are asked for. In the order of their names. */
function selected({ namespaceSelector, labelSelector }: Selectors, own: string, triggers: readonly Trigger[]): Trigger[] {
  const { matchNames = [] } = namespaceSelector ?? {};
  if (matchNames.length === 0 && !labelSelector) return [];
  const isAll = matchNames.length === 1 && matchNames[0] === '*';
  const wanted = matchNames.length === 0 ? [own] : matchNames;
  return triggers
    .filter(
      ({ metadata: { namespace, labels } }) => (isAll || wanted.includes(namespace)) && (!labelSelector || selects(labelSelector, labels)),
    )
    .sort((one, other) => compare(one.metadata.namespace, other.metadata.namespace) || compare(one.metadata.name, other.metadata.name));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function named({ metadata: { name, namespace }, spec }: Trigger, own: string): Chosen {
  return { id: namespace === own ? name : `${namespace}/${name}`, name, namespace, spec, group: undefined };
}

/** The second of one id is `ID#2`. */
function withIds(chosen: readonly Chosen[]): Chosen[] {
  const times = new Map<string, number>();
  return chosen.map((one) => {
    const count = (times.get(one.id) ?? 0) + 1;
    times.set(one.id, count);
    return count === 1 ? one : { ...one, id: `${one.id}#${count}` };
  });
}
