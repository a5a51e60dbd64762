import { z } from 'zod';
import { shownAs } from '../../src/core/schema/json-schema.ts';
import { backoffSpec } from '../../src/core/time/backoff-spec.ts';
import { joinSpec, resetSpec } from '../conditions/spec.ts';
import { parameterSpec } from './parameters/spec.ts';
import { policySpec } from './policy-spec.ts';
import { rateLimitSpec } from './rate-limit.ts';
import { type TriggerType, triggers, unsupportedTriggers } from './registry.ts';

const freeForm = () => z.record(z.string(), z.unknown());

type Definitions = (typeof triggers)[number];
type Blocks = { [Type in TriggerType]: z.ZodOptional<Extract<Definitions, { type: Type }>['spec']> };
type Foreign = keyof typeof unsupportedTriggers;
type ForeignBlocks = { [Type in Foreign]: z.ZodOptional<ReturnType<typeof freeForm>> };

/** One optional block for each kind of trigger. */
const blocks = Object.fromEntries(
  triggers.map(({ type, spec, summary }) => [type, spec.optional().describe(summary)]),
) as unknown as Blocks;

const foreignBlocks = Object.fromEntries(
  Object.entries(unsupportedTriggers).map(([type, because]) => [type, freeForm().optional().describe(`Not supported: ${because}.`)]),
) as unknown as ForeignBlocks;

const noName = 'trigger must define a name';

export const templateSpec = z.strictObject(
  {
    name: z.string(noName).min(1, noName).describe('The name of the trigger, unique in the sensor.'),
    conditions: z
      .string()
      .optional()
      .describe('The dependencies that it waits for, joined by `&&` and `||`, with brackets; left out, it means all of them together.'),
    conditionsReset: z.array(resetSpec).optional().describe('When events that wait for others are forgotten.'),
    join: joinSpec
      .optional()
      .describe('Which events meet, where several are waited for, and how long they wait. An extension of Sensorium.'),
    ...blocks,
    ...foreignBlocks,
  },
  { error: (issue) => (issue.code === 'invalid_type' ? "trigger template can't be nil" : undefined) },
);

export type TemplateSpec = z.output<typeof templateSpec>;

const triggerWith = (dlqTrigger: ReturnType<typeof freeForm>) =>
  z.strictObject({
    template: templateSpec.describe('What it is called, when it fires, and what it does.'),
    parameters: z.array(parameterSpec).optional().describe('Values from the events, set in the template.'),
    policy: policySpec.optional().describe('How to tell whether it succeeded, beyond that nothing failed.'),
    retryStrategy: backoffSpec
      .optional()
      .describe('How often and when a failed attempt is repeated; left out, for an hour with growing waits.'),
    rateLimit: rateLimitSpec.optional().describe('How often attempts may start; what has to wait for that waits in the durable queue.'),
    atLeastOnce: z
      .boolean()
      .optional()
      .describe('False: events are acknowledged before the work, and there is one attempt. True when left out.'),
    dlqTrigger: dlqTrigger
      .optional()
      .describe('A whole trigger that gets the events when this one has given them up; it may have a dlqTrigger of its own.'),
    orderBy: z
      .string()
      .optional()
      .describe('A jq program over the payload; firings with the same result run in order, one at a time. An extension of Sensorium.'),
  });

/** Any object is read as a dlqTrigger, which is then read as a trigger by itself (`dlq.ts`); who writes one sees its fields, one level deep. */
export const triggerSpec = triggerWith(shownAs(freeForm(), triggerWith(freeForm()))).describe('What happens when the events have come.');

export type TriggerSpec = z.output<typeof triggerSpec>;
