import { z } from 'zod';
import { saslSpec } from '../../../src/core/access/sasl.ts';
import { secureHeaderSpec } from '../../../src/core/access/secure-header.ts';
import { tlsSpec } from '../../../src/core/access/tls.ts';
import { parameterSpec, payloadParameterSpec } from '../parameters/spec.ts';

const noUrl = 'broker url must not be empty';
const noTopic = 'topic must not be empty';
const noPayload = 'payload must not be empty';

export const kafkaSpec = z.strictObject({
  url: z.string(noUrl).min(1, noUrl).describe('The brokers as `host:port`, several joined by commas.'),
  topic: z.string(noTopic).min(1, noTopic).describe('The topic that the message is written to.'),
  payload: z.array(payloadParameterSpec, noPayload).min(1, noPayload).describe('Values from the events that make up the message.'),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in this block before it is used.'),
  partitioningKey: z.string().optional().describe('The key of the message: messages with the same key stay in order.'),
  partition: z.int().optional().describe('The partition; left out, that of the key, or any.'),
  requiredAcks: z
    .int()
    .optional()
    .describe('Who must have it: `1` the leader alone, anything else all replicas that are in sync (the default).'),
  compress: z.boolean().optional().describe('True: compressed, by gzip; readers tell by themselves.'),
  headers: z.record(z.string(), z.string()).optional().describe('Headers of the message.'),
  secureHeaders: z.array(secureHeaderSpec).optional().describe('Headers from Secrets and ConfigMaps. They count before `headers`.'),
  tls: tlsSpec.optional(),
  sasl: saslSpec.optional(),
  flushFrequency: z.int().optional().describe('Without effect: a message is sent at once.'),
  version: z.string().optional().describe('Without effect: the version is agreed with the broker.'),
  schemaRegistry: z.record(z.string(), z.unknown()).optional().describe('Not supported: messages are written as they are.'),
});

export type KafkaSpec = z.output<typeof kafkaSpec>;
