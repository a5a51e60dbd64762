import { z } from 'zod';
import { isObject, type Json } from '../../../core/json/json.ts';
import { checkDelivery } from './check-delivery.ts';
import { checkGroupVersionKind, checkOptional, missing } from './check-fields.ts';
import { defineKind, withRef } from './define.ts';
import { channelTemplate, delivery, destination, freeForm } from './fields.ts';

const channel = z
  .strictObject({
    channelTemplate: channelTemplate(),
    delivery: delivery(),
    subscribers: z.array(freeForm()).optional().describe('Written by Knative; not used here.'),
    subscribable: freeForm().optional().describe('Written by old versions of Knative; not used here.'),
  })
  .prefault({})
  .describe('What happens with events that cannot be delivered.');

export type ChannelSpec = z.output<typeof channel>;

const about = 'It is a subject on the bus. Subscriptions say who gets what is sent to it.';
const shared = {
  group: 'messaging.knative.dev',
  version: 'v1',
  alsoAs: [
    { group: 'messaging.knative.dev', version: 'v1beta1' },
    { group: 'messaging.knative.dev', version: 'v1alpha1' },
  ],
} as const;

export const channelKind = defineKind({
  ...shared,
  kind: 'Channel',
  plural: 'channels',
  shortNames: ['ch'],
  columns: [{ name: 'URL', jsonPath: '.status.address.url' }],
  summary: 'Takes events, and gives each to all that have subscribed.',
  about,
  spec: channel,
  check: ({ spec }) => checkDelivery(spec.delivery, ['spec', 'delivery'], 'a Channel'),
});

export const inMemoryChannelKind = defineKind({
  ...shared,
  kind: 'InMemoryChannel',
  plural: 'inmemorychannels',
  shortNames: ['imc'],
  columns: [{ name: 'URL', jsonPath: '.status.address.url' }],
  summary: 'Takes events, and gives each to all that have subscribed.',
  about: `${about} In spite of its name, nothing in it is lost with the process.`,
  spec: channel,
  check: ({ spec }) => checkDelivery(spec.delivery, ['spec', 'delivery'], 'an InMemoryChannel'),
});

const subscription = z
  .strictObject({
    channel: z
      .strictObject({
        apiVersion: z.string().optional().describe('The API version of the channel.'),
        kind: z.string().optional().describe('Its kind: `Channel` or `InMemoryChannel`.'),
        name: z.string().optional().describe('Its name.'),
      })
      .optional()
      .describe('The channel whose events are sent on, in the same namespace.'),
    subscriber: destination().optional().describe('Who gets the events.'),
    reply: destination().optional().describe('Who gets the subscriber’s answers; without a subscriber, the events themselves.'),
    delivery: delivery(),
  })
  .describe('Which events are sent to whom.');

export type SubscriptionSpec = z.output<typeof subscription>;

export const subscriptionKind = defineKind({
  ...shared,
  kind: 'Subscription',
  plural: 'subscriptions',
  shortNames: ['sub'],
  summary: 'Sends the events of a Channel to a subscriber, and its answers on.',
  about: 'Every event is delivered to each Subscription of the Channel; one that fails does not hold up the others.',
  spec: subscription,
  upgrade: ({ subscriber, reply, ...rest }) => {
    const [receiver, answers] = [withRef(subscriber), withRef(withoutChannel(reply))];
    return { ...rest, ...(receiver === undefined ? {} : { subscriber: receiver }), ...(answers === undefined ? {} : { reply: answers }) };
  },
  check({ spec: { channel, subscriber, reply, delivery } }) {
    const at = ['spec', 'channel'];
    return [
      ...(channel ? checkGroupVersionKind(channel, at) : [missing(at, 'a Subscription names a Channel')]),
      ...(channel && !channel.name ? [missing([...at, 'name'], 'the channel has no name')] : []),
      ...(subscriber || reply ? [] : [missing(['spec', 'subscriber'], 'a Subscription has a subscriber, or at least a reply')]),
      ...checkOptional(subscriber, ['spec', 'subscriber'], 'a Subscription'),
      ...checkOptional(reply, ['spec', 'reply'], 'a Subscription'),
      ...checkDelivery(delivery, ['spec', 'delivery'], 'a Subscription'),
    ];
  },
});

/** A reply was once `{channel: {…}}`. */
const withoutChannel = (reply: Json | undefined): Json | undefined =>
  isObject(reply) && reply['channel'] !== undefined ? reply['channel'] : reply;
