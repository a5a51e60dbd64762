import type { CompiledDependency, CompiledSensor, CompiledTrigger } from '../../../../sensors/compiled.ts';
import { busAttributesOf } from '../../../core/cloudevents/bus-event.ts';
import type { Address } from '../../../core/event/event.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import type { Keyed } from '../filters/filter.ts';
import { indexed } from '../filters/indexed.ts';

/** A Trigger of a Broker, or a Subscription of a Channel: which events it wants, and what is done with them. */
export interface Subscriber {
  readonly wants: Keyed;
  /** Its name is that of its only dependency too. */
  readonly trigger: CompiledTrigger;
  /** Tells one version of the rule from another. */
  readonly fingerprint: string;
}

interface Fanout {
  /** "Broker default". */
  readonly name: string;
  readonly namespace: string;
  readonly since: Date | undefined;
  readonly address: Address;
  readonly subscribers: readonly Subscriber[];
}

/**
 * All subscribers of a Broker or Channel as one sensor. Of a thousand that want an exact type each, an event asks those that want its own.
 */
export function sensorOf({ name, namespace, since, address, subscribers }: Fanout): CompiledSensor {
  const dependencies = subscribers.map((one) => dependencyOf(one, address));
  const listening = indexed(subscribers.map(({ wants }, index) => ({ exact: wants.exact, value: dependencies[index]! })));
  return {
    name,
    namespace,
    since,
    dependencies,
    triggers: subscribers.map(({ trigger }) => trigger),
    listening: (event) => listening(busAttributesOf(event)),
  };
}

function dependencyOf({ wants, trigger, fingerprint }: Subscriber, { source, subject }: Address): CompiledDependency {
  return {
    name: trigger.name,
    source,
    subject,
    fingerprint: stableId(fingerprint),
    admit(event) {
      const refusal = wants.filter(busAttributesOf(event));
      if (!refusal) return { admitted: true, event };
      const { at, because } = refusal;
      return { admitted: false, at, because, seen: event };
    },
  };
}
