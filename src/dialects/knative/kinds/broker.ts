import { z } from 'zod';
import { checkDelivery } from './check-delivery.ts';
import { defineKind } from './define.ts';
import { delivery, freeForm } from './fields.ts';

const spec = z
  .strictObject({
    config: freeForm().optional().describe('Settings of the channel that Knative makes; not used here.'),
    channelTemplateSpec: freeForm().optional().describe('The same in old versions; not used here.'),
    delivery: delivery(),
  })
  .prefault({})
  .describe('What happens with events that cannot be delivered.');

export type BrokerSpec = z.output<typeof spec>;

export const brokerKind = defineKind({
  group: 'eventing.knative.dev',
  version: 'v1',
  kind: 'Broker',
  plural: 'brokers',
  alsoAs: [
    { group: 'eventing.knative.dev', version: 'v1beta1' },
    { group: 'eventing.knative.dev', version: 'v1alpha1' },
  ],
  columns: [{ name: 'URL', jsonPath: '.status.address.url' }],
  summary: 'Takes CloudEvents from everybody, and gives each to the Triggers that want it.',
  about: 'It is called by HTTP at `/NAMESPACE/NAME` of the ingress, and stored on the bus before the sender is answered.',
  spec,
  check: ({ spec }) => checkDelivery(spec.delivery, ['spec', 'delivery'], 'a Broker'),
});
