import { z } from 'zod';

const param = z
  .strictObject({
    name: z.string().describe('The name of the value, as the template asks for it.'),
    value: z.string().describe('A text, in which `$(body.…)`, `$(header.…)` and `$(extensions.…)` stand for what the event says.'),
  })
  .describe('A value for a template.');

/** The spec of a TriggerBinding, and of a ClusterTriggerBinding. */
export const bindingSpec = z
  .strictObject({ params: z.array(param).optional().describe('Values for a template, each with where it comes from.') })
  .describe('What is taken from an event.');

export type BindingSpec = z.output<typeof bindingSpec>;
