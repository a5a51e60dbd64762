import { z } from 'zod';
import { closest } from '../../src/core/errors/closest.ts';
import { expressionField, required } from '../common-fields.ts';

const changeTypes = ['ADD', 'UPDATE', 'DELETE'] as const;
export type ChangeType = (typeof changeTypes)[number];

const labelSelector = z.strictObject({
  key: required("key can't be empty for selector").describe('Name of the label.'),
  operation: z.string().default('').describe('One of `=`, `==`, `!=`, `in`, `notin`, `exists`, `!`, `gt`, `lt`. Left out it is `=`.'),
  value: z
    .string()
    .default('')
    .describe('What the label is compared with. A list with commas and without spaces for `in` and `notin`; empty for `exists` and `!`.'),
});

const fieldSelector = z.strictObject({
  key: required("key can't be empty for selector").describe('Path of the field in gjson words; dots in a key are written `\\.`.'),
  operation: z
    .string()
    .default('')
    .describe('How the value is compared: with `==` (or `=`) it must match, with `!=` it must not. A field that is missing never passes.'),
  value: z
    .string()
    .default('')
    .describe('A regular expression (RE2) that may match anywhere in the text of the field. Empty matches everything.'),
});

const eventType = z.enum(changeTypes, {
  error: ({ input }) => {
    // Which one was probably meant is told as with every list of choices.
    const isNear = typeof input === 'string' && closest(input, changeTypes) !== undefined;
    return `unknown event type "${input}"${isNear ? '' : '; there are ADD, UPDATE and DELETE'}`;
  },
});

export const resourceSpec = z.strictObject({
  group: z.string().default('').describe('API group; empty for the core group.'),
  version: required('version must be specified').describe('API version, e.g. `v1`.'),
  resource: required('resource must be specified').describe('Plural name of the resource, e.g. `services`.'),
  namespace: z.string().default('').describe('Namespace to watch; empty for all, which needs rights in the whole cluster.'),
  eventTypes: z.array(eventType, { error: 'event types must be specified' }).describe('Which changes become events.'),
  metadata: z.record(z.string(), z.string()).optional().describe('Copied into the payload of each event.'),
  filter: z
    .strictObject({
      prefix: z.string().default('').describe('The name must start with this.'),
      labels: z.array(labelSelector).default([]).describe('Selectors on labels, all of which must match. The API server applies them.'),
      fields: z.array(fieldSelector).default([]).describe('Selectors on fields, all of which must match. We apply them.'),
      afterStart: z.boolean().default(false).describe('Leave out what happened before this event source first started.'),
      createdBy: z.iso
        .datetime({ offset: true, error: 'createdBy must be a time such as 2026-07-18T10:00:00Z' })
        .optional()
        .describe('Leave out objects that were made after this time.'),
      expression: expressionField().describe(
        'An expression over the payload, in the language expr-lang; events for which it is not true are dropped. An extension of Sensorium: in Argo all other types of sources have it.',
      ),
    })
    .optional()
    .describe('Which objects concern us. Without it all do.'),
  whenLeft: z
    .enum(['nothing', 'DELETE'], { error: 'whenLeft must be `nothing` or `DELETE`' })
    .default('nothing')
    .describe(
      'What is sent of an object that has passed `filter` and, changed, no longer does: `nothing`, as in Argo, or one DELETE with the object as it last passed, marked `left: true`. An extension of Sensorium.',
    ),
  initialList: z
    .enum(['changes', 'adds'], { error: 'initialList must be `changes` or `adds`' })
    .default('changes')
    .describe('What a start sends, but for the first: `changes` what changed meanwhile, `adds` also an ADD for every existing object.'),
});

export type ResourceSpec = z.output<typeof resourceSpec>;
