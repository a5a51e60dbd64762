import { z } from 'zod';
import { backoffSpec } from '../src/core/time/backoff-spec.ts';

/** Fields that nearly every type of event source has. */

/** A text that has to be there and not empty; `problem` is Argo's sentence. */
export const required = (problem: string) => z.string({ error: problem }).min(1, { error: problem });

/** A list of texts that has to be there and not empty. */
export const requiredList = (problem: string) => z.array(z.string(), { error: problem }).min(1, { error: problem });

export const metadataField = () =>
  z.record(z.string(), z.string()).optional().describe('Copied into the payload of each event, under `metadata`.');

export const expressionField = () =>
  z
    .string()
    .min(1, 'an empty expression never holds; leave it out')
    .optional()
    .describe('An expression over the payload, in the language expr-lang; events for which it is not true are dropped.');

export const filterField = () =>
  z.strictObject({ expression: expressionField() }).optional().describe('Which events concern us. Without it all do.');

export const jsonBodyField = () =>
  z.boolean().optional().describe('True: a message is JSON, and is the `body` as such. False, the default: its bytes in base64.');

export const connectionBackoffField = () =>
  backoffSpec.optional().describe('Without effect: a server that is away is waited for, for ever, with waits that grow to 10 s.');
