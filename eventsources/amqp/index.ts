/**
 * Messages of a queue of an AMQP 0-9-1 server such as RabbitMQ, acknowledged once their event is stored. See `README.md`.
 */
import { defineEventSource } from '../event-source.ts';
import { keepConnected } from '../messages/keep-connected.ts';
import { consume } from './consume.ts';
import { amqpSpec, checkAmqp } from './spec.ts';

export const amqp = defineEventSource({
  type: 'amqp',
  summary: 'Messages of a queue of RabbitMQ, or another server of AMQP 0-9-1.',
  stability: 'beta',
  spec: amqpSpec,
  examples: [
    {
      title: 'A queue that outlives us and its server',
      spec: {
        url: 'amqp://rabbitmq.queues:5672',
        exchangeName: 'shop',
        exchangeType: 'topic',
        routingKey: 'orders.*',
        queueDeclare: { name: 'orders', durable: true, arguments: 'x-dead-letter-exchange: refused' },
        jsonBody: true,
      },
    },
  ],
  oneOwner: true,
  check: checkAmqp,
  run: (spec, context) => keepConnected(context, (listening) => consume(spec, context, listening)),
});
