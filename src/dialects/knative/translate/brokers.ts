import type { CompiledSensor } from '../../../../sensors/compiled.ts';
import type { Address } from '../../../core/event/event.ts';
import type { Part, RuleRef, Standing } from '../../dialect.ts';
import { addressOf, foreignClass } from '../addresses.ts';
import { backInto } from '../broker/replies.ts';
import { type Subscriber, sensorOf } from '../broker/sensor.ts';
import { effectiveDelivery } from '../delivery/index.ts';
import { compileFilter } from '../filters/index.ts';
import { dependencyAnnotation } from '../kinds/trigger.ts';
import { type RuleOf, type Rules, refOf } from '../rules.ts';
import { type Consumer, consumerOf, consumingTrigger, type Known } from './consumer.ts';
import { elsewherePart, entrancePart, urlAt } from './entrance.ts';
import { unheard } from './hops.ts';
import { type Made, madeAt, sensorPart } from './parts.ts';
import { problemOf, standingOfConsumer } from './standings.ts';

/** Each Broker with its Triggers: the path where it is called, and one sensor for all who get its events. */
export function translateBrokers(known: Known): Made {
  const byBroker = new Map<string, RuleOf<'Trigger'>[]>();
  for (const trigger of known.rules.all('Trigger')) {
    const id = brokerOf(trigger);
    byBroker.set(id, [...(byBroker.get(id) ?? []), trigger]);
  }
  const parts: Part[] = [];
  const standings: Standing[] = [];
  for (const broker of known.rules.all('Broker')) {
    const id = keyOf(broker.metadata.namespace, broker.metadata.name);
    const triggers = byBroker.get(id) ?? [];
    byBroker.delete(id);
    const foreign = foreignClass(broker);
    if (foreign !== undefined) {
      const message = `the class ${foreign} belongs to another controller; without the annotation eventing.knative.dev/broker.class it runs here`;
      const problem = { reason: 'OtherClass', message };
      standings.push({ rule: refOf(broker), problem, status: {} }, ...triggers.map((one) => ({ rule: refOf(one), problem, status: {} })));
      continue;
    }
    const made = translateBroker(broker, triggers, known);
    parts.push(...made.parts);
    standings.push(...made.standings);
  }
  for (const triggers of byBroker.values()) standings.push(...triggers.map(withoutBroker));
  const first = parts[0];
  if (first) parts.push(elsewherePart(first.namespace, known.world));
  return { parts, standings };
}

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

function brokerOf({ metadata, spec: { broker, brokerRef } }: RuleOf<'Trigger'>): string {
  return keyOf(brokerRef?.namespace || metadata.namespace, brokerRef?.name || broker);
}

function translateBroker(rule: RuleOf<'Broker'>, triggers: readonly RuleOf<'Trigger'>[], known: Known): Made {
  const { world } = known;
  const { metadata, spec } = rule;
  const { name, namespace, uid = '' } = metadata;
  const ref = refOf(rule);
  const consumers = triggers.map((trigger) => ({ trigger, ...consumersOf(trigger, rule, known) }));
  const address = addressOf('Broker', name);
  return {
    parts: [
      sensorPart(
        {
          id: `Broker ${namespace}/${name}`,
          namespace,
          rules: [ref, ...triggers.map(refOf)],
          from: [uid, spec, consumers.map(fingerprintOf)],
        },
        () =>
          withoutTriggers(
            sensorOf({
              name: `Broker:${name}`,
              namespace,
              since: madeAt(metadata),
              address,
              subscribers: consumers.map((one) => subscriberOf(one, rule, known)),
            }),
            address,
          ),
      ),
      entrancePart(ref, address, world),
    ],
    standings: [{ rule: ref, status: { address: { url: urlAt(ref, world) } } }, ...consumers.map((one) => standingOfTrigger(one, known))],
  };
}

/** A Broker without Triggers takes events all the same, so that a Trigger that comes later gets none from before its time. */
function withoutTriggers(sensor: CompiledSensor, address: Address): CompiledSensor {
  if (sensor.dependencies.length > 0) return sensor;
  const { listening: _, ...rest } = sensor;
  return { ...rest, dependencies: [unheard(address, 'the Broker has no Trigger')] };
}

interface TriggerHere {
  readonly trigger: RuleOf<'Trigger'>;
  readonly subscriber: Consumer;
  readonly deadLetterSink: Consumer | undefined;
}

function consumersOf({ metadata, spec }: RuleOf<'Trigger'>, broker: RuleOf<'Broker'>, known: Known): Omit<TriggerHere, 'trigger'> {
  const { namespace } = metadata;
  const own = spec.delivery?.deadLetterSink;
  const theirs = spec.delivery ? undefined : broker.spec.delivery?.deadLetterSink;
  const deadLetterSink = own ? consumerOf(own, namespace, known) : theirs && consumerOf(theirs, broker.metadata.namespace, known);
  return { subscriber: consumerOf(spec.subscriber ?? {}, namespace, known), deadLetterSink };
}

const fingerprintOf = ({ trigger, subscriber, deadLetterSink }: TriggerHere): unknown => [
  trigger.metadata.namespace,
  trigger.metadata.name,
  trigger.metadata.annotations?.[repliesAnnotation] ?? '',
  trigger.spec,
  subscriber.fingerprint,
  deadLetterSink?.fingerprint ?? '',
];

/** `strict`: an answer that is no event is a failure, as it is in Knative. */
const repliesAnnotation = 'sensorium.dev/replies';

function subscriberOf(one: TriggerHere, broker: RuleOf<'Broker'>, { world }: Known): Subscriber {
  const { trigger, subscriber, deadLetterSink } = one;
  const { metadata, spec } = trigger;
  const { namespace, name } = broker.metadata;
  const reply = backInto(name, (event) => world.publish(namespace, addressOf('Broker', name), event));
  return {
    wants: compileFilter(spec, ['spec']).value,
    fingerprint: JSON.stringify(fingerprintOf(one)),
    trigger: consumingTrigger(
      subscriber,
      {
        name: metadata.namespace === namespace ? metadata.name : `${metadata.namespace}/${metadata.name}`,
        namespace: metadata.namespace,
        delivery: effectiveDelivery(broker.spec.delivery, spec.delivery),
        deadLetterSink,
        reply,
        strict: metadata.annotations?.[repliesAnnotation] === 'strict',
      },
      world,
    ),
  };
}

function standingOfTrigger({ trigger, subscriber, deadLetterSink }: TriggerHere, known: Known): Standing {
  const standing = standingOfConsumer(refOf(trigger), 'Subscriber', 'subscriberUri', subscriber, known.world);
  const dead = deadLetterSink && standingOfConsumer(refOf(trigger), 'DeadLetterSink', 'deadLetterSinkUri', deadLetterSink, known.world);
  const problem = standing.problem ?? dead?.problem ?? transformedProblem(deadLetterSink) ?? dependencyProblem(trigger, known.rules);
  const broker = brokerOf(trigger).split('/')[1]!;
  return { rule: standing.rule, status: { broker, ...standing.status, ...dead?.status }, ...(problem ? { problem } : {}) };
}

/** Dead letters are sent as they are. */
const transformedProblem = (sink: Consumer | undefined): Standing['problem'] =>
  sink && sink.before.length > 0
    ? problemOf('DeadLetterSinkResolveFailed', 'an EventTransform cannot be a dead letter sink: name the one behind it')
    : undefined;

/** The annotation names an object that has to be there before the Trigger counts as ready. */
function dependencyProblem({ metadata }: RuleOf<'Trigger'>, rules: Rules): Standing['problem'] {
  const text = metadata.annotations?.[dependencyAnnotation];
  if (text === undefined) return undefined;
  const { kind, name } = JSON.parse(text) as RuleRef;
  if (rules.find(kind as 'PingSource', metadata.namespace, name)) return undefined;
  return problemOf(
    'DependencyDoesNotExist',
    `there is no ${kind} ${metadata.namespace}/${name}, which the annotation ${dependencyAnnotation} waits for`,
  );
}

function withoutBroker(trigger: RuleOf<'Trigger'>): Standing {
  const [namespace, name] = brokerOf(trigger).split('/') as [string, string];
  const how = name === 'default' ? `; kubectl label namespace ${namespace} knative-eventing-injection=enabled makes it` : '';
  return {
    rule: refOf(trigger),
    problem: problemOf('BrokerDoesNotExist', `there is no Broker ${name} in the namespace ${namespace}${how}`),
    status: {},
  };
}
