/**
 * Who gets an event, as one trigger: EventTransforms that stand before a receiver are worked in it, so that one attempt is one delivery
 * from the Broker to the last of them.
 */
import type { Action, CompiledTrigger } from '../../../../sensors/compiled.ts';
import { fromBusEvent, toBusEvent } from '../../../core/cloudevents/bus-event.ts';
import type { CloudEvent } from '../../../core/cloudevents/cloud-event.ts';
import { writeStructured } from '../../../core/cloudevents/write.ts';
import { addressOf as busAddressOf, type Event } from '../../../core/event/event.ts';
import { stableId } from '../../../core/event/stable-id.ts';
import { parseJson } from '../../../core/json/parse.ts';
import type { DialectWorld } from '../../dialect.ts';
import { orderMark } from '../apiserversource/form.ts';
import { withoutTtl } from '../broker/ttl.ts';
import { type Around, type DeliverySpec, deliveryTrigger, planOf, type Reply, type Resolve } from '../delivery/index.ts';
import { type Transform, transformBy } from '../eventtransform/index.ts';
import { jobSinkTarget } from '../jobsink/index.ts';
import type { Destination } from '../kinds/fields.ts';
import type { Rules } from '../rules.ts';
import { type Place, placeOf } from '../sinks/place.ts';
import { resolverOf } from '../sinks/resolve.ts';
import { urlAt } from './entrance.ts';

export interface Known {
  readonly rules: Rules;
  readonly world: DialectWorld;
}

export interface Consumer {
  /** Where it ends, or what keeps it from being found. */
  readonly place: Place;
  /** Undefined where the event is answered with what was made of it. */
  readonly resolve: Resolve | undefined;
  readonly before: readonly Transform[];
  /** What is made of answers, the innermost first; undefined where they are thrown away. */
  readonly after: readonly Transform[] | undefined;
  /** Tells one way from another. */
  readonly fingerprint: string;
}

/** EventTransforms that send to each other. */
const deepest = 10;

/** `namespace` is that of the rule that names the destination. */
export function consumerOf(destination: Destination, namespace: string, known: Known, depth = 0): Consumer {
  const place = placeOf(destination, namespace, known.rules);
  const { rules, world } = known;
  if (place.kind !== 'work') {
    const given = place.kind === 'object' ? world.sinkOf(place.ref.namespace, place.ref.name) : undefined;
    return { place, resolve: resolverOf(place, world), before: [], after: [], fingerprint: JSON.stringify([place, given]) };
  }
  const { kind, namespace: where, name } = place.rule;
  if (kind === 'JobSink') {
    const rule = rules.find('JobSink', where, name)!;
    return { place, resolve: () => jobSinkTarget(rule), before: [], after: [], fingerprint: JSON.stringify([place, rule.spec]) };
  }
  const { spec } = rules.find('EventTransform', where, name)!;
  const transform = transformBy(spec.jsonata?.expression ?? '', name);
  if (!spec.sink) return { place, resolve: undefined, before: [transform], after: [], fingerprint: JSON.stringify(spec) };
  if (depth === deepest) {
    const problem = `EventTransform ${name} and its sinks send to each other in a circle`;
    return {
      place: { kind: 'nowhere', problem },
      resolve: resolverOf({ kind: 'nowhere', problem }, world),
      before: [],
      after: [],
      fingerprint: problem,
    };
  }
  const sink = consumerOf(spec.sink, where, known, depth + 1);
  const replied = spec.reply?.jsonata ? [transformBy(spec.reply.jsonata.expression, name)] : [];
  return {
    place: sink.place,
    resolve: sink.resolve,
    before: [transform, ...sink.before],
    after: spec.reply?.discard || !sink.after ? undefined : [...sink.after, ...replied],
    fingerprint: stableId(JSON.stringify(spec), sink.fingerprint),
  };
}

export interface Consuming {
  /** Of the trigger, and of the only dependency that it has. */
  readonly name: string;
  readonly namespace: string;
  readonly delivery: DeliverySpec;
  readonly deadLetterSink: Consumer | undefined;
  /** What becomes of answers. */
  readonly reply: Reply | undefined;
  /** An answer that is no event is a failure. */
  readonly strict?: boolean;
}

export function consumingTrigger(
  consumer: Consumer,
  { name, namespace, delivery, deadLetterSink, reply, strict = false }: Consuming,
  world: DialectWorld,
): CompiledTrigger {
  const answered = reply && consumer.after && replyThrough(consumer.after, reply);
  const trigger = deliveryTrigger({
    name,
    namespace,
    plan: planOf(delivery),
    subscriber: consumer.resolve ?? (() => ({ kind: 'here', name: 'nobody', take: async () => undefined })),
    subscriberUrl: urlOf(consumer.place, world),
    deadLetterSink: deadLetterSink?.resolve,
    reply: answered,
    strict,
  });
  const ordered = { ...trigger, orderKeyOf };
  if (consumer.before.length === 0) return ordered;
  return {
    ...ordered,
    async prepare(firing, around) {
      const [[dependency, stored]] = [...firing.events] as [[string, Event]];
      let event = withoutTtl(fromBusEvent(stored));
      for (const transform of consumer.before) event = await transform(event);
      if (!consumer.resolve) return answering(event, stored, answered, around);
      const changed = asStored(event, stored, around.clock.now());
      return trigger.prepare({ ...firing, events: new Map([[dependency, changed]]) }, around);
    },
  };
}

/** Changes of one object come to a receiver in their order. */
const orderKeyOf = ({ extensions }: Event): string | undefined => extensions[orderMark] ?? extensions['partitionkey'];

function replyThrough(transforms: readonly Transform[], reply: Reply): Reply {
  if (transforms.length === 0) return reply;
  return async (answer, cause, around) => {
    let event = answer;
    for (const transform of transforms) event = await transform(event);
    return reply(event, cause, around);
  };
}

function answering(event: CloudEvent, stored: Event, reply: Reply | undefined, around: Around): Action {
  const summary = `answer with ${event.type} ${event.id}`;
  return {
    type: 'deliver',
    summary,
    get rendered() {
      return { event: parseJson(String(writeStructured(event).body)) };
    },
    fire: async () => ({ summary: reply ? `${summary}, ${await reply(event, stored, around)}` : `${summary}, which nobody asked for` }),
  };
}

/** As if it had come in the place of another: with what that one carried on its way. */
function asStored(event: CloudEvent, stored: Event, now: number): Event {
  const changed = toBusEvent(event, busAddressOf(stored), now);
  const carried = Object.entries(stored.extensions).filter(([name]) => /^(?:sensorium|knativebrokerttl$)/.test(name));
  const ttl = stored.types?.['knativebrokerttl'];
  return {
    ...changed,
    extensions: { ...changed.extensions, ...Object.fromEntries(carried) },
    ...(ttl ? { types: { ...changed.types, knativebrokerttl: ttl } } : {}),
  };
}

/** The URL of a place, for people and for `status`; undefined where it has none yet. */
export function urlOf(place: Place, world: DialectWorld): string | undefined {
  switch (place.kind) {
    case 'bus':
      return urlAt(place.rule, world);
    case 'listener':
    case 'url':
      return place.url;
    case 'object': {
      const { kind, name, namespace } = place.ref;
      if (kind !== 'Service') return undefined;
      const base =
        world.sinkOf(namespace, name) ?? `${place.caCerts === undefined ? 'http' : 'https'}://${name}.${namespace}.svc.cluster.local`;
      return place.path === undefined ? base : new URL(place.path, base).href;
    }
    default:
      return undefined;
  }
}
