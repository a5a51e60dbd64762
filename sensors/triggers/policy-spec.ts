import { z } from 'zod';
import { backoffSpec } from '../../src/core/time/backoff-spec.ts';

/** How to tell whether a firing succeeded, beside that nothing failed. */
export const policySpec = z.strictObject({
  k8s: z
    .strictObject({
      labels: z.record(z.string(), z.string()).optional().describe('The labels that the object must have, with these values.'),
      backoff: backoffSpec.optional().describe('How often and when the object is looked at; five times, a second apart, when left out.'),
      errorOnBackoffTimeout: z
        .boolean()
        .optional()
        .describe('True: an object that does not get its labels in time is a failure. False when left out.'),
    })
    .optional()
    .describe('Waits until the object that was made or changed has certain labels.'),
  status: z
    .strictObject({
      allow: z
        .array(z.int(), 'list of allowed response status is not specified')
        .describe('The status codes that are a success; every other is a failure.'),
    })
    .optional()
    .describe('Which answers of an HTTP target are a success.'),
});

export type PolicySpec = z.output<typeof policySpec>;
