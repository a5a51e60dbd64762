import { z } from 'zod';

const parameterOperations = ['overwrite', 'append', 'prepend'] as const;

const needsDependency = "parameter dependency name can't be empty";

export const parameterSourceSpec = z
  .strictObject(
    {
      dependencyName: z.string(needsDependency).min(1, needsDependency).describe('The dependency whose event is read.'),
      contextKey: z.string().optional().describe('A path in the attributes of the event.'),
      contextTemplate: z
        .string()
        .optional()
        .describe('A Go template over the attributes of the event, which are its `.Input`; it counts before a key.'),
      dataKey: z.string().optional().describe('A path in the payload; it counts before `contextKey`.'),
      dataTemplate: z.string().optional().describe('A Go template over the payload, which is its `.Input`; it counts before a key.'),
      value: z.string().optional().describe('The value when nothing else gives one, or by itself a literal.'),
      useRawData: z
        .boolean()
        .optional()
        .describe('Sets numbers, booleans, objects and lists as what they are; without it everything becomes a string.'),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? "parameter source can't be empty" : undefined) },
  )
  .describe('Where the value comes from.');

const operation = z
  .enum([...parameterOperations, ''], { error: (issue) => `parameter operation ${String(issue.input)} is invalid` })
  .optional()
  .describe(
    'What happens to a text that stands at `dest`: replaced (`overwrite`, the default), continued (`append`) or preceded (`prepend`).',
  );

const destination = "parameter destination can't be empty";

/** A value from an event, and the place in a trigger where it goes. */
export const parameterSpec = z.strictObject({
  src: parameterSourceSpec,
  dest: z.string(destination).min(1, destination).describe('A path to the place that is set, in sjson’s words.'),
  operation,
});

/** As a parameter; without `dest` the value alone is the whole payload. */
export const payloadParameterSpec = z.strictObject({
  src: parameterSourceSpec,
  dest: z.string().default('').describe('A path to the place that is set; empty makes the value the whole payload.'),
  operation,
});

export type ParameterSourceSpec = z.output<typeof parameterSourceSpec>;
export type ParameterSpec = z.output<typeof parameterSpec>;
