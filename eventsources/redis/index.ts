/**
 * Messages published to channels of a Redis server. Redis keeps nothing for who is not there, so neither can we: see `README.md`.
 */
import { z } from 'zod';
import { checkTls } from '../../src/core/access/tls.ts';
import { error, under } from '../../src/core/errors/finding.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import { filterField, jsonBodyField, metadataField } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { Backlog } from '../messages/backlog.ts';
import { bodyText } from '../messages/body.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { redisServerFields, withRedis } from './client.ts';

const spec = z.strictObject({
  ...redisServerFields(),
  channels: z
    .array(z.string(), { error: 'channel/s must be specified' })
    .min(1, { error: 'channel/s must be specified' })
    .describe('The channels, by their exact names.'),
  namespace: z.string().optional().describe('Has to be there beside `password`, as in Argo; without effect.'),
  jsonBody: jsonBodyField().describe('True: a message is JSON, and is the `body` as such. False, the default: its text.'),
  filter: filterField(),
  metadata: metadataField(),
});

export const redis = defineEventSource({
  type: 'redis',
  summary: 'Messages published to channels of Redis.',
  stability: 'beta',
  spec,
  examples: [
    { title: 'Two channels with JSON in them', spec: { hostAddress: 'redis.redis:6379', channels: ['orders', 'refunds'], jsonBody: true } },
  ],
  oneOwner: true,
  check: ({ password, namespace, tls }) => {
    if (password && !namespace) {
      const problem = 'namespace must be defined in order to retrieve the password from the secret';
      return [error('CONFIG_INVALID', ['password'], { problem })];
    }
    return under('tls', checkTls(tls));
  },
  async run(spec, context) {
    const backlog = new Backlog(context, spec.metadata);
    const take = (message: Buffer, name: Buffer): void => {
      const channel = name.toString();
      const fields = () => ({
        channel: goQuote(channel),
        pattern: '""',
        body: spec.jsonBody ? bodyText(message, true) : goQuote(message.toString()),
      });
      backlog.add({ orderKey: channel, about: { channel }, fields }, message.length);
    };
    await keepConnected(context, (listening) =>
      withRedis(spec, context, async (client) => {
        await client.subscribe(spec.channels, take, true);
        listening();
        await new Promise<never>((_, reject) => backlog.onFailure(reject));
      }),
    );
  },
});
