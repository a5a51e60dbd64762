import type { World } from '../../contracts/event-source.ts';
import { numbered, sourceOf, told } from '../messages/world.ts';
import { startAmqpServer } from './server.ts';

export async function amqpWorld(): Promise<World> {
  const server = await startAmqpServer();
  const url = `amqp://127.0.0.1:${server.port}`;
  return {
    source: sourceOf('amqp', { url, exchangeName: 'shop', exchangeType: 'topic', routingKey: '#', jsonBody: true }),
    remembers: 'messages',
    happen: numbered((key, text) => server.send(key, text, `m${text}`)),
    read: told('routingKey'),
    hang: server.hang,
    close: server.close,
  };
}
