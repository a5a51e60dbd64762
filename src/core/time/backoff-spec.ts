import { z } from 'zod';

/** Argo's Backoff, which `retryStrategy`, policies and `connectionBackoff` share. */
export const backoffSpec = z.strictObject({
  steps: z.int().optional().describe('Attempts at the most; 5 when left out, 0 or negative.'),
  duration: z.union([z.string(), z.int()]).optional().describe('The first wait, as "10s"; a number is nanoseconds. 1 s when left out.'),
  factor: z.number().optional().describe('What each wait is multiplied by for the next; 1 when left out.'),
  jitter: z.number().optional().describe('The largest part of a wait that is added to it at random; 1 when left out.'),
});

export type BackoffSpec = z.output<typeof backoffSpec>;
