import type { RuleRef, Standing } from '../../dialect.ts';
import { addressOf } from '../addresses.ts';
import { type RuleOf, type Rules, refOf } from '../rules.ts';
import type { Known } from './consumer.ts';
import { entrancePart, urlAt } from './entrance.ts';
import { fingerprintOf, type Hop, hopTo, onwardTo, sensorOfHops } from './hops.ts';
import { type Made, madeAt, sensorPart, together } from './parts.ts';
import { problemOf, standingOfConsumer } from './standings.ts';

type ChannelRule = RuleOf<'Channel'> | RuleOf<'InMemoryChannel'>;

/** Each Channel with its Subscriptions. */
export function translateChannels(known: Known): Made {
  const { rules } = known;
  const channels = [...rules.all('Channel'), ...rules.all('InMemoryChannel')];
  const lost = rules.all('Subscription').filter((one) => channelOf(one, rules) === undefined);
  return together([...channels.map((channel) => translateChannel(channel, known)), { parts: [], standings: lost.map(withoutChannel) }]);
}

function channelOf({ metadata: { namespace }, spec: { channel } }: RuleOf<'Subscription'>, rules: Rules): ChannelRule | undefined {
  const { kind = '', name = '' } = channel ?? {};
  return kind === 'Channel' || kind === 'InMemoryChannel' ? rules.find(kind, namespace, name) : undefined;
}

function translateChannel(channel: ChannelRule, known: Known): Made {
  const { metadata, spec } = channel;
  const { name, namespace, uid = '' } = metadata;
  const ref = refOf(channel);
  const entrance = addressOf(channel.kind, name);
  const subscriptions = known.rules.all('Subscription').filter((one) => channelOf(one, known.rules) === channel);
  const each = subscriptions.map((subscription) => ({ subscription, hops: hopsOf(subscription, channel, known) }));
  const hops = each.flatMap((one) => one.hops);
  const rules = [ref, ...subscriptions.map(refOf)];
  const sensor = sensorPart(
    { id: `${channel.kind} ${namespace}/${name}`, namespace, rules, from: [uid, spec, hops.map(fingerprintOf)] },
    () => sensorOfHops({ name: `${channel.kind}:${name}`, namespace, since: madeAt(metadata), entrance }, hops, known.world),
  );
  return {
    parts: [sensor, entrancePart(ref, entrance, known.world)],
    standings: [
      { rule: ref, status: { address: { url: urlAt(ref, known.world) } } },
      ...each.map(({ subscription, hops: own }) => standingOf(refOf(subscription), own, known)),
    ],
  };
}

/** The event to the subscriber, and its answer on; without a subscriber, the event itself to where answers would go. */
function hopsOf({ metadata, spec }: RuleOf<'Subscription'>, channel: ChannelRule, known: Known): Hop[] {
  const { namespace } = metadata;
  const address = addressOf(channel.kind, channel.metadata.name);
  const delivery = spec.delivery ?? channel.spec.delivery;
  const at = { name: metadata.name, address };
  if (!spec.subscriber) return [hopTo(spec.reply ?? {}, delivery, { ...at, answersTo: undefined }, namespace, known)];
  const reply = { name: `${metadata.name}/reply`, address: { source: address.source, subject: `reply-${metadata.name}` }, namespace };
  const { answersTo, hops } = onwardTo(spec.reply, reply, known);
  return [hopTo(spec.subscriber, delivery, { ...at, answersTo }, namespace, known), ...hops];
}

function standingOf(rule: RuleRef, [first]: readonly Hop[], known: Known): Standing {
  const standing = standingOfConsumer(rule, 'Subscriber', 'subscriberUri', first!.consumer, known.world);
  const { subscriberUri } = standing.status;
  return { ...standing, status: subscriberUri === undefined ? {} : { physicalSubscription: { subscriberUri } } };
}

function withoutChannel(subscription: RuleOf<'Subscription'>): Standing {
  const { kind = '', name = '' } = subscription.spec.channel ?? {};
  const { namespace } = subscription.metadata;
  const message =
    kind === 'Channel' || kind === 'InMemoryChannel'
      ? `there is no ${kind} ${name} in the namespace ${namespace}`
      : `channels of the kind ${kind} are worked by others; Channel and InMemoryChannel run here`;
  return { rule: refOf(subscription), problem: problemOf('ChannelReferenceFailed', message), status: {} };
}
