import { z } from 'zod';
import { natsAuthSpec } from '../../../src/core/access/nats-auth.ts';
import { tlsSpec } from '../../../src/core/access/tls.ts';
import { parameterSpec, payloadParameterSpec } from '../parameters/spec.ts';

const noUrl = "nats server url can't be empty";
const noSubject = "nats subject can't be empty";

export const natsSpec = z.strictObject({
  url: z.string(noUrl).min(1, noUrl).describe('The servers: `nats://host:4222`, several joined by commas.'),
  subject: z.string(noSubject).min(1, noSubject).describe('The subject that the message is published on.'),
  payload: z.array(payloadParameterSpec, "payload can't be nil").describe('Values from the events that make up the message.'),
  parameters: z.array(parameterSpec).optional().describe('Values from the events, set in this block before it is used.'),
  tls: tlsSpec.optional(),
  auth: natsAuthSpec.optional(),
  jetstream: z
    .boolean()
    .optional()
    .describe('True: done when a stream has stored the message, which it does once however often it comes. An extension of Sensorium.'),
});

export type NatsSpec = z.output<typeof natsSpec>;
