import { z } from 'zod';
import { natsAuthSpec } from '../../src/core/access/nats-auth.ts';
import { checkTls, tlsSpec } from '../../src/core/access/tls.ts';
import { error, type Finding, under } from '../../src/core/errors/finding.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { parseServers } from '../../src/core/nats/servers.ts';
import { connectionBackoffField, filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';

const deliverPolicies = ['new', 'all', 'last', 'last_per_subject'] as const;

export const natsSpec = z.strictObject({
  url: required('url must be specified').describe('The servers, as `nats://nats.nats:4222`, joined by commas.'),
  subject: required('subject must be specified').describe('The subject, with `*` and `>` for any word and any end.'),
  queue: z.string().optional().describe('A queue group: each message goes to one of those who name it.'),
  jetstream: z
    .strictObject({
      stream: z.string().optional().describe('The stream; the one that takes the subject when left out.'),
      durable: z
        .string()
        .optional()
        .describe('The durable consumer that keeps our place, made when it is not there; a name of its own when left out.'),
      deliverPolicy: z
        .enum(deliverPolicies, { error: `deliverPolicy is one of ${deliverPolicies.join(', ')}` })
        .default('new')
        .describe('Where a consumer that we make begins: `new`, `all`, `last` or `last_per_subject`.'),
    })
    .optional()
    .describe(
      'Takes the messages from a JetStream stream, which keeps them while we are away and until our bus has stored them. Without it, what comes while we are away is lost. An extension of Sensorium.',
    ),
  auth: natsAuthSpec.optional(),
  tls: tlsSpec.optional(),
  jsonBody: jsonBodyField(),
  connectionBackoff: connectionBackoffField(),
  filter: filterField(),
  metadata: metadataField(),
});

export type NatsSpec = z.output<typeof natsSpec>;

/** Argo's rules, in Argo's order, and what a subscription could not be made of. */
export function checkNats({ url, tls, queue, jetstream }: NatsSpec): Finding[] {
  const refuse = (field: string, problem: string) => [error('CONFIG_INVALID', [field], { problem })];
  if (tls) return [...under('tls', checkTls(tls)), ...checkUrl(url)];
  if (queue === '') return refuse('queue', 'queue group cannot be empty if specified');
  if (queue && jetstream)
    return refuse('queue', 'a queue group and jetstream do not go together: the durable consumer shares the messages out');
  return checkUrl(url);
}

function checkUrl(url: string): Finding[] {
  try {
    parseServers(url.split(','));
    return [];
  } catch (thrown) {
    const { code, fields, hint } = fromUnknown(thrown);
    return [error(code, ['url'], fields, hint ? { hint } : {})];
  }
}
