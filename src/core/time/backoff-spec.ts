import { z } from 'zod';

const number = () => z.union([z.number(), z.string()]);

/** Argo's Backoff, which `retryStrategy`, policies and `connectionBackoff` share. */
export const backoffSpec = z.strictObject({
  steps: z.int().optional().describe('Attempts at the most; 5 when left out.'),
  duration: z.union([z.string(), z.int()]).optional().describe('The first wait, as "10s"; a number is nanoseconds. 1 s when left out.'),
  factor: number().optional().describe('What each wait is multiplied by for the next; 1 when left out.'),
  jitter: number().optional().describe('The largest part of a wait that is added to it at random; 1 when left out.'),
});

export type BackoffSpec = z.output<typeof backoffSpec>;
