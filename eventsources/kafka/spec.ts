import { z } from 'zod';
import { basicAuthSpec } from '../../src/core/access/basic-auth.ts';
import { checkSasl, saslSpec } from '../../src/core/access/sasl.ts';
import { checkTls, tlsSpec } from '../../src/core/access/tls.ts';
import { error, type Finding, under, warning } from '../../src/core/errors/finding.ts';
import { connectionBackoffField, filterField, jsonBodyField, metadataField, required } from '../common-fields.ts';

export const kafkaSpec = z.strictObject({
  url: required('url must be specified').describe('The brokers, as `kafka.kafka:9092`, joined by commas.'),
  topic: required('topic must be specified').describe('The topic.'),
  partition: z
    .string()
    .optional()
    .describe('One partition, by its number; where we are in it is kept on our bus. Without effect beside `consumerGroup`.'),
  consumerGroup: z
    .strictObject({
      groupName: z.string().describe('The name of the group.'),
      oldest: z.boolean().optional().describe('True: a new group begins with the oldest message that is there. Else with the newest.'),
      rebalanceStrategy: z
        .string()
        .optional()
        .describe('How partitions are shared out: `range`, the default, or `roundrobin`; `sticky` is taken as `range`.'),
    })
    .optional()
    .describe('Takes part in a group, which keeps our place in each partition.'),
  limitEventsPerSecond: z.int().optional().describe('At most so many messages are taken in a second. All when left out.'),
  version: z.string().optional().describe('Without effect: what the brokers speak is asked of them.'),
  config: z.string().optional().describe('Settings of the client library of Argo, as YAML text; not read.'),
  tls: tlsSpec.optional(),
  sasl: saslSpec.optional(),
  awsMskIamAuth: z
    .strictObject({ region: z.string().optional().describe('The region of the cluster.') })
    .optional()
    .describe('Credentials of Amazon; not supported.'),
  schemaRegistry: z
    .strictObject({
      url: z.string().describe('The registry.'),
      schemaId: z.int().optional().describe('The schema.'),
      auth: basicAuthSpec.optional(),
    })
    .optional()
    .describe('Where schemas of Avro messages are kept; not supported.'),
  jsonBody: jsonBodyField(),
  connectionBackoff: connectionBackoffField(),
  filter: filterField(),
  metadata: metadataField(),
});

export type KafkaSpec = z.output<typeof kafkaSpec>;

/** Argo's rules in Argo's order: a `tls` block ends the checking of credentials. Then what we do not have. */
export function checkKafka({ partition, consumerGroup, tls, sasl, awsMskIamAuth, schemaRegistry, config }: KafkaSpec): Finding[] {
  const refuse = (path: string[], problem: string) => [error('CONFIG_INVALID', path, { problem })];
  if (!partition && !consumerGroup) return refuse([], 'consumerGroup or partition must be specified');
  if (!consumerGroup && !/^\d+$/.test(partition!)) return refuse(['partition'], `"${partition}" is no number of a partition`);
  const access = tls ? under('tls', checkTls(tls)) : sasl ? under('sasl', checkSasl(sasl)) : [];
  if (access.length > 0) return access;
  if (awsMskIamAuth && !tls && !sasl && !awsMskIamAuth.region) return refuse(['awsMskIamAuth'], 'awsMskIamAuth.region must be specified');
  const findings: Finding[] = [];
  const unsupported = (field: string, what: string, because: string) =>
    error('CONFIG_UNSUPPORTED', [field], { what, because }, { atKey: true });
  if (awsMskIamAuth)
    findings.push(unsupported('awsMskIamAuth', 'awsMskIamAuth', 'it needs an account at Amazon: MSK also takes `sasl` with SCRAM-SHA-512'));
  if (schemaRegistry)
    findings.push(
      unsupported('schemaRegistry', 'schemaRegistry', 'we do not read Avro: take the bytes (without jsonBody), or have JSON sent'),
    );
  if (config)
    findings.push(warning('CONFIG_INVALID', ['config'], { problem: 'config is for the client library of Argo, and is not read' }));
  return findings;
}
