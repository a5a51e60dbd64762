import type { World } from '../../contracts/event-source.ts';
import { numbered, sourceOf } from '../messages/world.ts';
import { startNsqServer } from './server.ts';

export async function nsqWorld(): Promise<World> {
  const server = await startNsqServer();
  return {
    source: sourceOf('nsq', { hostAddress: server.lookup, topic: 'world', channel: 'us', jsonBody: true }),
    remembers: 'messages',
    ordered: false,
    happen: numbered((subject, fact) => server.send(JSON.stringify({ subject, fact }))),
    read: (event) => (event.data!.json as unknown as { body: { subject: string; fact: string } }).body,
    hang: server.hang,
    close: server.close,
  };
}
