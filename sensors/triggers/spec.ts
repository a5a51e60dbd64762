import { z } from 'zod';
import { parameterSpec } from './parameters/spec.ts';
import { type TriggerType, triggers, unbuiltTriggers } from './registry.ts';

const freeForm = () => z.record(z.string(), z.unknown());

type Definitions = (typeof triggers)[number];
type Blocks = { [Type in TriggerType]: z.ZodOptional<Extract<Definitions, { type: Type }>['spec']> };
type UnbuiltBlocks = { [Type in (typeof unbuiltTriggers)[number]]: z.ZodOptional<ReturnType<typeof freeForm>> };

/** One optional block for each kind of trigger. */
const blocks = Object.fromEntries(
  triggers.map(({ type, spec, summary }) => [type, spec.optional().describe(summary)]),
) as unknown as Blocks;

const unbuiltBlocks = Object.fromEntries(
  unbuiltTriggers.map((type) => [type, freeForm().optional().describe('Not built yet.')]),
) as unknown as UnbuiltBlocks;

const resetSpec = z.strictObject({
  byTime: z
    .strictObject({
      cron: z.string().optional().describe('The times, as five cron fields.'),
      timezone: z.string().optional().describe('The IANA name of the time zone in which the times are meant.'),
    })
    .optional()
    .describe('Forgets at certain times.'),
});

const noName = 'trigger must define a name';

export const templateSpec = z.strictObject(
  {
    name: z.string(noName).min(1, noName).describe('The name of the trigger, unique in the sensor.'),
    conditions: z
      .string()
      .optional()
      .describe('The dependencies that it fires on, joined by `||`; left out with several dependencies, it means all of them.'),
    conditionsReset: z.array(resetSpec).optional().describe('When events that wait for others are forgotten. Not built yet.'),
    ...blocks,
    ...unbuiltBlocks,
  },
  { error: (issue) => (issue.code === 'invalid_type' ? "trigger template can't be nil" : undefined) },
);

export type TemplateSpec = z.output<typeof templateSpec>;

const number = () => z.union([z.number(), z.string()]);

const retrySpec = z.strictObject({
  steps: z.int().optional().describe('Attempts at the most; 5 when left out.'),
  duration: z.union([z.string(), z.int()]).optional().describe('The first wait, as "10s"; a number is nanoseconds. 1 s when left out.'),
  factor: number().optional().describe('What each wait is multiplied by for the next; 1 when left out.'),
  jitter: number().optional().describe('The largest part of a wait that is added to it at random; 1 when left out.'),
});

export type RetrySpec = z.output<typeof retrySpec>;

const rateLimitSpec = z.strictObject({
  unit: z.string().optional().describe('The time in which it counts: `Second` (the default), `Minute` or `Hour`.'),
  requestsPerUnit: z.int().optional().describe('How many firings in that time.'),
});

export const triggerSpec = z
  .strictObject({
    template: templateSpec.describe('What it is called, when it fires, and what it does.'),
    parameters: z.array(parameterSpec).optional().describe('Values from the events, set in the template.'),
    policy: freeForm().optional().describe('How to tell whether it succeeded. Not built yet.'),
    retryStrategy: retrySpec
      .optional()
      .describe('How often and when a failed attempt is repeated; left out, for an hour with growing waits.'),
    rateLimit: rateLimitSpec.optional().describe('How often it may fire. Not built yet.'),
    atLeastOnce: z
      .boolean()
      .optional()
      .describe('False: events are acknowledged before the work, and there is one attempt. True when left out.'),
    dlqTrigger: freeForm().optional().describe('Another trigger for events whose attempts all failed. Not built yet.'),
    orderBy: z
      .string()
      .optional()
      .describe('A jq program over the payload; firings with the same result run in order, one at a time. An extension of Sensorium.'),
  })
  .describe('What happens when the events have come.');

export type TriggerSpec = z.output<typeof triggerSpec>;
