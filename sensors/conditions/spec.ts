import { z } from 'zod';

export const resetSpec = z.strictObject({
  byTime: z
    .strictObject({
      cron: z.string().optional().describe('The times, as five cron fields.'),
      timezone: z.string().optional().describe('The IANA name of the time zone in which the times are meant; UTC when left out.'),
    })
    .optional()
    .describe('Forgets at certain times.'),
});

export const joinSpec = z.strictObject({
  key: z
    .string()
    .optional()
    .describe('A jq program over the payload; only events with the same result meet. Left out, the events of a trigger all meet.'),
  within: z.string().optional().describe('How long an event waits for others, as "10m"; then it is forgotten, which leaves a record.'),
  keep: z
    .enum(['latest', 'first', 'all'])
    .optional()
    .describe(
      'Which of several events of one dependency count: the `latest` (the default), the `first`, or `all`: then the payload is the list of theirs.',
    ),
});

export type ResetSpec = z.output<typeof resetSpec>;
export type JoinSpec = z.output<typeof joinSpec>;
