import type { Channel, ConsumeMessage } from 'amqplib';
import { stableId } from '../../src/core/event/stable-id.ts';
import { goQuote } from '../../src/core/json/quote.ts';
import type { EventSourceContext } from '../event-source.ts';
import { Lanes } from '../lanes.ts';
import { bodyText } from '../messages/body.ts';
import { goTimeText } from '../messages/go-time.ts';
import { type Message, relay } from '../messages/relay.ts';
import { connectAmqp } from './connect.ts';
import { type AmqpSpec, queueArguments } from './spec.ts';

/** Messages that the server hands out without an acknowledgement. */
const inFlight = 256;

/** Declares what the entry declares, takes messages, and lasts as long as the connection. Rejects with UNREACHABLE_SENDER and REMOTE_SENDER. */
export async function consume(spec: AmqpSpec, context: EventSourceContext, listening: () => void): Promise<void> {
  await connectAmqp(spec, context, async (connection, failed) => {
    const channel = await connection.createChannel();
    channel.on('error', failed);
    const queue = await declare(channel, spec);
    await channel.prefetch(inFlight);
    const lanes = new Lanes(inFlight, failed);
    const autoAck = spec.consume?.autoAck ?? false;
    const work = async (message: ConsumeMessage): Promise<void> => {
      if (autoAck) channel.ack(message);
      const outcome = await relay(messageOf(message, spec, context), spec.metadata, context);
      if (autoAck) return;
      if (outcome === 'taken') channel.ack(message);
      else channel.reject(message, false);
    };
    const take = (message: ConsumeMessage | null): void => {
      if (message) void lanes.push(message.fields.routingKey, () => work(message));
      else failed(new Error(`the queue ${queue} is gone`));
    };
    const { consumerTag, exclusive = false, noLocal = false } = spec.consume ?? {};
    await channel.consume(queue, take, { noAck: false, exclusive, noLocal, ...(consumerTag ? { consumerTag } : {}) });
    listening();
  });
}

/** Exchange, queue and what binds them; the name of the queue. Blocks that are left out are Argo's: a durable exchange, a queue that goes with us. */
async function declare(channel: Channel, { exchangeName = '', exchangeType = '', routingKey = '', ...spec }: AmqpSpec): Promise<string> {
  const exchange = spec.exchangeDeclare ?? { durable: true };
  const queue = spec.queueDeclare ?? { exclusive: true };
  await channel.assertExchange(exchangeName, exchangeType, {
    durable: exchange.durable ?? false,
    autoDelete: exchange.autoDelete ?? false,
    internal: exchange.internal ?? false,
  });
  const { queue: name } = await channel.assertQueue(queue.name ?? '', {
    durable: queue.durable ?? false,
    autoDelete: queue.autoDelete ?? false,
    exclusive: queue.exclusive ?? false,
    arguments: queueArguments(queue.arguments),
  });
  await channel.bindQueue(name, exchangeName, routingKey);
  return name;
}

function messageOf({ fields, properties, content }: ConsumeMessage, { jsonBody }: AmqpSpec, context: EventSourceContext): Message {
  const { exchange, routingKey } = fields;
  const { messageId, timestamp, deliveryMode, priority } = properties;
  const text = (value: unknown): string => goQuote(typeof value === 'string' ? value : '');
  return {
    id: messageId ? stableId('amqp', context.eventSourceName, context.eventName, exchange, routingKey, messageId) : undefined,
    orderKey: routingKey,
    about: { exchange, routingKey, ...(messageId ? { messageId } : {}) },
    fields: () => ({
      contentType: text(properties.contentType),
      contentEncoding: text(properties.contentEncoding),
      deliveryMode: `${deliveryMode ?? 0}`,
      priority: `${priority ?? 0}`,
      correlationId: text(properties.correlationId),
      replyTo: text(properties.replyTo),
      expiration: text(properties.expiration),
      messageId: text(messageId),
      timestamp: goQuote(goTimeText(typeof timestamp === 'number' ? timestamp * 1000 : undefined)),
      type: text(properties.type),
      appId: text(properties.appId),
      exchange: goQuote(exchange),
      routingKey: goQuote(routingKey),
      body: bodyText(content, jsonBody),
    }),
  };
}
