import { z } from 'zod';
import { defineKind } from './define.ts';
import { freeForm } from './fields.ts';

const spec = z
  .looseObject({
    type: z.string().optional().describe('The type of the events.'),
    source: z.string().optional().describe('Where they come from.'),
    broker: z.string().optional().describe('The Broker that they go through.'),
    description: z.string().optional().describe('What they tell of.'),
    reference: freeForm().optional().describe('The object that they go through.'),
  })
  .describe('What is known of the events.');

export const eventTypeKind = defineKind({
  group: 'eventing.knative.dev',
  version: 'v1beta2',
  kind: 'EventType',
  plural: 'eventtypes',
  alsoAs: [
    { group: 'eventing.knative.dev', version: 'v1beta3' },
    { group: 'eventing.knative.dev', version: 'v1beta1' },
    { group: 'eventing.knative.dev', version: 'v1alpha1' },
  ],
  columns: [{ name: 'Type', jsonPath: '.spec.type' }],
  summary: 'A note for people of which events there are.',
  about: 'Nothing runs because of it, as in Knative.',
  spec,
  check: () => [],
});
