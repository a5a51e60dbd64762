import type { EventSourceDefinition } from '../../../../eventsources/event-source.ts';
import type { Address } from '../../../core/event/event.ts';
import type { Part } from '../../dialect.ts';
import { addressOf } from '../addresses.ts';
import { apiServerSource } from '../apiserversource/index.ts';
import type { DeliverySpec } from '../delivery/index.ts';
import { pingSource } from '../pingsource/index.ts';
import { type RuleOf, refOf } from '../rules.ts';
import { type Consumer, consumerOf, type Known } from './consumer.ts';
import { sensorOfHops } from './hops.ts';
import { listenerPart, type Made, madeAt, sensorPart, together } from './parts.ts';
import { standingOfConsumer } from './standings.ts';

type Source = RuleOf<'ApiServerSource'> | RuleOf<'PingSource'>;

/** About an hour; after that an event is parked. Knative gives up after less than two seconds. */
const patient: DeliverySpec = { retry: 14, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S' };

/** Sources, each with what brings its events to where it is not a subject of ours. */
export function translateSources(known: Known): Made {
  const sources = [...known.rules.all('ApiServerSource'), ...known.rules.all('PingSource')];
  return together(sources.map((source) => translateSource(source, known)));
}

function translateSource(source: Source, known: Known): Made {
  const { metadata } = source;
  const { namespace } = metadata;
  const sink = consumerOf(source.spec.sink ?? {}, namespace, known);
  const standing = standingOfConsumer(refOf(source), 'Sink', 'sinkUri', sink, known.world);
  // A source whose sink is still to come remembers where it is, and sends then what has changed meanwhile.
  if (standing.problem) return { parts: [], standings: [standing] };
  const direct = directly(sink);
  const listener = watchingPart(
    source,
    direct ?? { address: addressOf(source.kind, metadata.name), busNamespace: namespace, intoBroker: false },
  );
  return { parts: direct ? [listener] : [listener, deliveryPart(source, sink, known)], standings: [standing] };
}

/** The subject of a sink that takes events as they are. */
const directly = ({ place, before }: Consumer): Route | undefined =>
  place.kind === 'bus' && before.length === 0
    ? { address: place.address, busNamespace: place.rule.namespace, intoBroker: place.rule.kind === 'Broker' }
    : undefined;

/** Where the events of a source travel. */
interface Route {
  readonly address: Address;
  readonly busNamespace: string;
  readonly intoBroker: boolean;
}

function watchingPart(source: Source, route: Route): Part {
  const { kind, metadata, spec } = source;
  const { namespace, name, uid = '' } = metadata;
  const { address, busNamespace, intoBroker } = route;
  const definition: EventSourceDefinition = source.kind === 'ApiServerSource' ? apiServerSource : pingSource;
  return listenerPart(
    { id: `${kind} ${namespace}/${name}`, namespace, rules: [refOf(source)], from: [uid, spec, route] },
    { name: `${kind}:${name}`, definition, spec: { namespace, name, spec, address, intoBroker }, address, busNamespace },
  );
}

function deliveryPart(source: Source, sink: Consumer, { world }: Known): Part {
  const { kind, metadata } = source;
  const { namespace, name, uid = '' } = metadata;
  const address = addressOf(kind, name);
  const named = { id: `${kind} ${namespace}/${name} (sink)`, namespace, rules: [refOf(source)], from: [uid, sink.fingerprint] };
  return sensorPart(named, () => {
    const hop = { name: 'sink', address, consumer: sink, delivery: patient, deadLetterSink: undefined, answersTo: undefined };
    return sensorOfHops({ name: `${kind}:${name}`, namespace, since: madeAt(metadata), entrance: address }, [hop], world);
  });
}
