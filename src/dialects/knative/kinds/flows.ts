import { z } from 'zod';
import { isObject, type Json } from '../../../core/json/json.ts';
import { checkDelivery } from './check-delivery.ts';
import { checkDestination, checkOptional, missing } from './check-fields.ts';
import { defineKind, withRef } from './define.ts';
import { channelTemplate, delivery, destination } from './fields.ts';

const sequence = z
  .strictObject({
    steps: z
      .array(destination().extend({ delivery: delivery() }))
      .optional()
      .describe('Who gets the event, one after another: each gets the answer of the one before.'),
    channelTemplate: channelTemplate(),
    reply: destination().optional().describe('Who gets the answer of the last step.'),
  })
  .describe('The steps.');

export type SequenceSpec = z.output<typeof sequence>;

const shared = {
  group: 'flows.knative.dev',
  version: 'v1',
  alsoAs: [
    { group: 'flows.knative.dev', version: 'v1beta1' },
    { group: 'flows.knative.dev', version: 'v1alpha1' },
    { group: 'messaging.knative.dev', version: 'v1alpha1' },
  ],
  columns: [{ name: 'URL', jsonPath: '.status.address.url' }],
} as const;

export const sequenceKind = defineKind({
  ...shared,
  kind: 'Sequence',
  plural: 'sequences',
  summary: 'Services that work on an event one after another.',
  about: 'A step that answers with an event hands that on to the next. One that answers without an event ends the way of its event.',
  spec: sequence,
  upgrade: ({ steps, reply, ...rest }) => {
    const answers = withRef(reply);
    const list = Array.isArray(steps) ? steps.map((step) => withRef(step) ?? step) : steps;
    return { ...rest, ...(list === undefined ? {} : { steps: list }), ...(answers === undefined ? {} : { reply: answers }) };
  },
  check({ spec: { steps = [], reply } }) {
    return [
      ...(steps.length === 0 ? [missing(['spec', 'steps'], 'a Sequence has at least one step')] : []),
      ...steps.flatMap((step, index) => [
        ...checkDestination(step, ['spec', 'steps', index], 'a Sequence'),
        ...checkDelivery(step.delivery, ['spec', 'steps', index, 'delivery'], 'a step'),
      ]),
      ...checkOptional(reply, ['spec', 'reply'], 'a Sequence'),
    ];
  },
});

const parallel = z
  .strictObject({
    branches: z
      .array(
        z.strictObject({
          filter: destination()
            .optional()
            .describe('A service that answers an event with one when the branch shall get it; its answer is what the branch gets.'),
          subscriber: destination().optional().describe('Who gets the event.'),
          reply: destination().optional().describe('Who gets the subscriber’s answer; the common one when left out.'),
          delivery: delivery(),
        }),
      )
      .optional()
      .describe('Ways that each event takes side by side.'),
    channelTemplate: channelTemplate(),
    reply: destination().optional().describe('Who gets the answers of branches without a reply of their own.'),
  })
  .describe('The branches.');

export type ParallelSpec = z.output<typeof parallel>;

export const parallelKind = defineKind({
  ...shared,
  kind: 'Parallel',
  plural: 'parallels',
  summary: 'Branches that each get every event, side by side.',
  about: 'A branch may ask a service first (`filter`): an answer that is an event lets it pass, any other ends its way.',
  spec: parallel,
  upgrade: ({ branches, reply, ...rest }) => {
    const answers = withRef(reply);
    const list = Array.isArray(branches) ? branches.map(upgradedBranch) : branches;
    return { ...rest, ...(list === undefined ? {} : { branches: list }), ...(answers === undefined ? {} : { reply: answers }) };
  },
  check({ spec: { branches = [], reply } }) {
    return [
      ...(branches.length === 0 ? [missing(['spec', 'branches'], 'a Parallel has at least one branch')] : []),
      ...branches.flatMap((branch, index) => {
        const at = ['spec', 'branches', index];
        return [
          ...checkOptional(branch.filter, [...at, 'filter'], 'a branch'),
          ...checkDestination(branch.subscriber, [...at, 'subscriber'], 'a branch'),
          ...checkOptional(branch.reply, [...at, 'reply'], 'a branch'),
          ...checkDelivery(branch.delivery, [...at, 'delivery'], 'a branch'),
        ];
      }),
      ...checkOptional(reply, ['spec', 'reply'], 'a Parallel'),
    ];
  },
});

function upgradedBranch(branch: Json): Json {
  if (!isObject(branch)) return branch;
  const entries = Object.entries(branch).map(([name, value]) => [
    name,
    ['filter', 'subscriber', 'reply'].includes(name) ? withRef(value) : value,
  ]);
  return Object.fromEntries(entries) as Json;
}
