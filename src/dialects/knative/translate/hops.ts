/**
 * Channels and flows: events hop from subject to subject of the bus, and each hop is a trigger that delivers to one receiver. So a step
 * that fails is tried again by itself, and nothing that came before it is done twice.
 */
import type { CompiledDependency, CompiledSensor, CompiledTrigger } from '../../../../sensors/compiled.ts';
import { fromBusEvent } from '../../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import type { Address } from '../../../core/event/event.ts';
import type { DialectWorld } from '../../dialect.ts';
import { backInto } from '../broker/replies.ts';
import { loweredTtl, ttlOf, withTtl } from '../broker/ttl.ts';
import { clusterDefault, type Reply } from '../delivery/index.ts';
import type { DeliverySpec, Destination } from '../kinds/fields.ts';
import { type Consumer, consumerOf, consumingTrigger, type Known } from './consumer.ts';

/** One receiver of what comes to an address. */
export interface Hop {
  /** Of its trigger, unique in the sensor. */
  readonly name: string;
  readonly address: Address;
  readonly consumer: Consumer;
  readonly delivery: DeliverySpec;
  readonly deadLetterSink: Consumer | undefined;
  /** Where answers go; undefined where nobody wants them. */
  readonly answersTo: Onward | undefined;
}

/** Where the answers of a hop go. */
export interface Onward {
  /** "step 2", "Broker default": for people. */
  readonly name: string;
  /** True for a Broker, which counts who comes in. */
  readonly isBroker: boolean;
  readonly namespace: string;
  readonly address: Address;
}

/** A hop to a destination of a rule in `namespace`, with its dead letters. */
export function hopTo(
  destination: Destination,
  delivery: DeliverySpec,
  at: Pick<Hop, 'name' | 'address' | 'answersTo'>,
  namespace: string,
  known: Known,
): Hop {
  const { deadLetterSink } = delivery ?? {};
  return {
    ...at,
    consumer: consumerOf(destination, namespace, known),
    delivery,
    deadLetterSink: deadLetterSink && consumerOf(deadLetterSink, namespace, known),
  };
}

/**
 * Where answers go that a rule sends to a destination: to the subject of what runs here, else to a subject of the rule's own, from which a
 * further hop brings them there.
 */
export function onwardTo(
  destination: Destination | undefined,
  own: { readonly name: string; readonly address: Address; readonly namespace: string },
  known: Known,
): { readonly answersTo: Onward | undefined; readonly hops: readonly Hop[] } {
  if (!destination) return { answersTo: undefined, hops: [] };
  const { name, address, namespace } = own;
  const hop = hopTo(destination, undefined, { name, address, answersTo: undefined }, namespace, known);
  const { place } = hop.consumer;
  if (place.kind !== 'bus' || hop.consumer.before.length > 0)
    return { answersTo: { name: 'the reply', isBroker: false, namespace, address }, hops: [hop] };
  const { rule } = place;
  const answersTo = {
    name: `${rule.kind} ${rule.name}`,
    isBroker: rule.kind === 'Broker',
    namespace: rule.namespace,
    address: place.address,
  };
  return { answersTo, hops: [] };
}

interface Owner {
  readonly name: string;
  readonly namespace: string;
  readonly since: Date | undefined;
  readonly entrance: Address;
}

/** What comes to `entrance` is taken also where nobody gets it, so that who comes later gets nothing from before their time. */
export function sensorOfHops({ name, namespace, since, entrance }: Owner, hops: readonly Hop[], world: DialectWorld): CompiledSensor {
  return {
    name,
    namespace,
    since,
    dependencies: hops.length > 0 ? hops.map(dependencyOf) : [unheard(entrance, 'nobody has subscribed')],
    triggers: hops.map((hop) => triggerOf(hop, namespace, world)),
  };
}

/** A dependency that lets nothing pass. */
export const unheard = (address: Address, because: string): CompiledDependency => ({
  name: 'event',
  ...address,
  fingerprint: '',
  admit: (seen) => ({ admitted: false, at: 'event', because, seen }),
});

const dependencyOf = ({ name, address }: Hop): CompiledDependency => ({
  name,
  ...address,
  fingerprint: name,
  admit: (event) => ({ admitted: true, event }),
});

const triggerOf = ({ name, consumer, delivery, deadLetterSink, answersTo }: Hop, namespace: string, world: DialectWorld): CompiledTrigger =>
  consumingTrigger(
    consumer,
    { name, namespace, delivery: delivery ?? clusterDefault, deadLetterSink, reply: answersTo && replyTo(answersTo, world) },
    world,
  );

function replyTo({ name, isBroker, namespace, address }: Onward, world: DialectWorld): Reply {
  const publish = (event: CloudEvent): Promise<void> => world.publish(namespace, address, event);
  if (isBroker) return backInto(name.replace(/^Broker /, ''), publish);
  return async (reply, cause) => {
    const ttl = ttlOf(fromBusEvent(cause));
    const left = loweredTtl(ttl === undefined ? reply : withTtl(reply, ttl));
    if (left === 0) return `dropped: answers go in a circle through ${name}`;
    await publish(withTtl(reply, left));
    return `on to ${name}`;
  };
}

/** Everything that a hop is made of, for fingerprints. */
export const fingerprintOf = ({ name, address, consumer, delivery, deadLetterSink, answersTo }: Hop): unknown => [
  name,
  address,
  consumer.fingerprint,
  delivery,
  deadLetterSink?.fingerprint,
  answersTo,
];
