import { z } from 'zod';

const param = z
  .strictObject({
    name: z.string().describe('The name, as in `$(tt.params.NAME)`.'),
    description: z.string().optional().describe('What it is for.'),
    default: z.string().optional().describe('Its value where no binding gives one, or where the expression of the binding finds nothing.'),
  })
  .describe('A value that bindings fill in.');

/** The spec of a TriggerTemplate, and the one that stands in a trigger itself. */
export const templateSpec = z
  .strictObject({
    params: z.array(param).optional().describe('The values that the objects are made with.'),
    resourcetemplates: z
      .array(z.record(z.string(), z.unknown()))
      .describe('The objects that are created, whole, in this order. `$(tt.params.NAME)` stands for a value, `$(uid)` for a new id.'),
  })
  .describe('What is created, and with which values.');

export type TemplateSpec = z.output<typeof templateSpec>;
