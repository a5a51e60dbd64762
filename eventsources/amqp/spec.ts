import { z } from 'zod';
import { basicAuthSpec, checkBasicAuth } from '../../src/core/access/basic-auth.ts';
import { secretKeySelector } from '../../src/core/access/selectors.ts';
import { checkTls, tlsSpec } from '../../src/core/access/tls.ts';
import { error, type Finding, under } from '../../src/core/errors/finding.ts';
import { reasonOf } from '../../src/core/errors/from-unknown.ts';
import { isObject, type JsonObject } from '../../src/core/json/json.ts';
import { parseYaml } from '../../src/core/yaml/parse.ts';
import { connectionBackoffField, filterField, jsonBodyField, metadataField } from '../common-fields.ts';

const flag = (meaning: string) => z.boolean().optional().describe(meaning);
const noWait = () => flag('Without effect: the answer of the server is always waited for.');

export const amqpSpec = z.strictObject({
  url: z.string().optional().describe('The server, as `amqp://rabbitmq.queues:5672`; `amqps://` encrypts.'),
  urlSecret: secretKeySelector('The URL of the server').optional(),
  exchangeName: z.string().optional().describe('The exchange that messages are published to.'),
  exchangeType: z.string().optional().describe('The type of the exchange: `direct`, `fanout`, `topic`, `headers`. Has to be there.'),
  routingKey: z.string().optional().describe('The routing key by which the queue is bound to the exchange. Has to be there.'),
  exchangeDeclare: z
    .strictObject({
      durable: flag('It outlives the server.'),
      autoDelete: flag('It is removed when nothing is bound to it any more.'),
      internal: flag('Nobody can publish to it.'),
      noWait: noWait(),
    })
    .optional()
    .describe('How the exchange is declared. Durable when left out.'),
  queueDeclare: z
    .strictObject({
      name: z.string().optional().describe('Its name; one made up by the server when empty.'),
      durable: flag('It outlives the server.'),
      autoDelete: flag('It is removed when nobody takes from it any more.'),
      exclusive: flag('It is for this connection only, and goes with it.'),
      noWait: noWait(),
      arguments: z.string().optional().describe('Further arguments, as YAML text: `x-queue-type: quorum`.'),
    })
    .optional()
    .describe(
      'How the queue is declared. Left out it has no name and goes with the connection, so that what comes while we are away is lost.',
    ),
  queueBind: z.strictObject({ noWait: noWait() }).optional().describe('How the queue is bound to the exchange.'),
  consume: z
    .strictObject({
      consumerTag: z.string().optional().describe('Our name as a consumer; one made up by the server when empty.'),
      autoAck: flag('True: a message is acknowledged before it is published, and can be lost. Else after our bus has stored it.'),
      exclusive: flag('Nobody else may take from the queue.'),
      noLocal: flag('Not what the same connection has sent; RabbitMQ ignores it.'),
      noWait: noWait(),
    })
    .optional()
    .describe('How messages are taken from the queue.'),
  auth: basicAuthSpec.optional(),
  tls: tlsSpec.optional(),
  jsonBody: jsonBodyField(),
  connectionBackoff: connectionBackoffField(),
  filter: filterField(),
  metadata: metadataField(),
});

export type AmqpSpec = z.output<typeof amqpSpec>;

/** Argo's rules in Argo's order, of which the first that is broken is told, and the arguments, which Argo reads when it runs. */
export function checkAmqp(spec: AmqpSpec): Finding[] {
  const { url, urlSecret, routingKey, exchangeType, tls, auth, queueDeclare } = spec;
  const refuse = (field: string, problem: string): Finding[] => [error('CONFIG_INVALID', field === '' ? [] : [field], { problem })];
  if (!url && !urlSecret) return refuse('', 'either url or urlSecret must be specified');
  if (url && urlSecret) return refuse('urlSecret', 'only one of url or urlSecret can be specified');
  if (!routingKey) return refuse('', 'routing key must be specified');
  if (!exchangeType) return refuse('', 'exchange type must be specified');
  const access = tls ? under('tls', checkTls(tls)) : under('auth', checkBasicAuth(auth));
  return [...access, ...under('queueDeclare', checkArguments(queueDeclare?.arguments))];
}

function checkArguments(text: string | undefined): Finding[] {
  try {
    queueArguments(text);
    return [];
  } catch (thrown) {
    return [error('CONFIG_INVALID', ['arguments'], { problem: reasonOf(thrown) })];
  }
}

/** The arguments of a queue. Throws with a reason. */
export function queueArguments(text: string | undefined): JsonObject {
  const value = text ? parseYaml(text) : {};
  if (!isObject(value)) throw new Error('the arguments of a queue are YAML of the form "name: value"');
  return value;
}
