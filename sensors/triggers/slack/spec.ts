import { z } from 'zod';
import { secretKeySelector } from '../../../src/core/access/selectors.ts';
import { parameterSpec } from '../parameters/spec.ts';

export const slackSpec = z.strictObject({
  slackToken: secretKeySelector('The token of the Slack app').optional(),
  channel: z.string().optional().describe('The channel, by name or id; a `#` before it is left out.'),
  message: z.string().optional().describe('The text. With `blocks` it is what notifications show.'),
  attachments: z.string().optional().describe('A list of attachments, as JSON text in the form of Slack’s API.'),
  blocks: z.string().optional().describe('A list of blocks, as JSON text in the form of Slack’s API.'),
  thread: z
    .strictObject({
      messageAggregationKey: z
        .string()
        .optional()
        .describe('Messages with the same key go into one thread, which the first of them begins.'),
      broadcastMessageToChannel: z.boolean().optional().describe('True: what goes into the thread is shown in the channel too.'),
    })
    .optional()
    .describe('Whether messages are put into threads.'),
  sender: z
    .strictObject({
      username: z.string().optional().describe('The name to post under.'),
      icon: z.string().optional().describe('The picture: an emoji such as `:robot_face:`, or a URL.'),
    })
    .optional()
    .describe('Who the message is from.'),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in this block before it is used.'),
  baseURL: z
    .string()
    .optional()
    .describe(
      'Where Slack’s API is; `https://slack.com/api` when left out. An extension of Sensorium, for proxies and for what speaks the same.',
    ),
});

export type SlackSpec = z.output<typeof slackSpec>;
