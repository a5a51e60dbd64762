import type { World } from '../../contracts/event-source.ts';
import { numbered, sourceOf, told } from '../messages/world.ts';
import { startRedisServer } from './server.ts';

export async function redisWorld(): Promise<World> {
  const server = await startRedisServer();
  return {
    source: sourceOf('redis', { hostAddress: `127.0.0.1:${server.port}`, channels: ['a', 'b', 'c'], jsonBody: true }),
    remembers: false,
    happen: numbered(server.publish),
    read: told('channel'),
    hang: server.hang,
    close: server.close,
  };
}
