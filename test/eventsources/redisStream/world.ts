import type { World } from '../../contracts/event-source.ts';
import { numbered, sourceOf } from '../messages/world.ts';
import { startRedisServer } from '../redis/server.ts';

export async function redisStreamWorld(): Promise<World> {
  const server = await startRedisServer();
  for (const stream of ['a', 'b', 'c']) {
    server.append(stream, { n: 'before' });
    server.join(stream);
  }
  return {
    source: sourceOf('redisStream', { hostAddress: `127.0.0.1:${server.port}`, streams: ['a', 'b', 'c'] }),
    remembers: 'messages',
    happen: numbered((stream, n) => server.append(stream, { n })),
    read(event) {
      const { stream, values } = event.data!.json as { stream: string; values: { n: string } };
      return { subject: stream, fact: values.n };
    },
    hang: server.hang,
    close: server.close,
  };
}
