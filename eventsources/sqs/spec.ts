import { z } from 'zod';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';

export const sqsSpec = z.strictObject({
  region: required('must specify region').describe('The region of the queue, such as `eu-west-1`.'),
  queue: required('must specify queue name').describe('The name of the queue.'),
  queueAccountId: z.string().optional().describe('The account that the queue belongs to; that of the keys when left out.'),
  accessKey: secretKeySelector('The access key').optional(),
  secretKey: secretKeySelector('The secret access key').optional(),
  sessionToken: secretKeySelector('The token that belongs to keys of limited time').optional(),
  roleARN: z.string().optional().describe('A role that is taken on with the keys.'),
  endpoint: z.string().optional().describe('The URL of a server that speaks for SQS; that of AWS in the region when left out.'),
  waitTimeSeconds: z.int().optional().describe('How long a request waits for messages, up to 20 seconds; 3 when left out or 0.'),
  jsonBody: jsonBodyField(),
  dlq: z
    .boolean()
    .optional()
    .describe(
      'What is done with a message of which no event can be made: left in the queue, whose own rules move it to another one, or deleted, the default.',
    ),
  metadata: metadataField(),
  filter: filterField(),
});

export type SqsSpec = z.output<typeof sqsSpec>;
