/**
 * Entries of Redis streams, read as a member of a consumer group and acknowledged once their event is stored. See `README.md`.
 */
import { z } from 'zod';
import { checkTls } from '../../src/core/access/tls.ts';
import { under } from '../../src/core/errors/finding.ts';
import { filterField, metadataField, requiredList } from '../common-fields.ts';
import { defineEventSource } from '../event-source.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { redisServerFields, withRedis } from '../redis/client.ts';
import { consume } from './consume.ts';

const spec = z.strictObject({
  ...redisServerFields(),
  streams: requiredList('stream/streams must be specified').describe('Keys of the streams. Until all of them are there, nothing is read.'),
  consumerGroup: z.string().optional().describe('The group that keeps our place in each stream; `argo-events-cg` when left out.'),
  maxMsgCountPerRead: z.int().optional().describe('Entries of each stream that are read at a time; 10 when left out.'),
  filter: filterField(),
  metadata: metadataField(),
});

export type RedisStreamSpec = z.output<typeof spec>;

export const redisStream = defineEventSource({
  type: 'redisStream',
  summary: 'Entries of Redis streams.',
  stability: 'beta',
  spec,
  examples: [{ title: 'A stream of orders', spec: { hostAddress: 'redis.redis:6379', streams: ['orders'] } }],
  oneOwner: true,
  check: ({ tls }) => under('tls', checkTls(tls)),
  async run(spec, context) {
    const places = new Map<string, string>();
    await keepConnected(context, (listening) =>
      withRedis(spec, context, (client) => consume(client, spec, context, { places, listening })),
    );
  },
});
