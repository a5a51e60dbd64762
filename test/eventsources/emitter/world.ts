import type { World } from '../../contracts/event-source.ts';
import { numbered, sourceOf, told } from '../messages/world.ts';
import { startMqttServer } from '../mqtt/server.ts';

export async function emitterWorld(): Promise<World> {
  const server = await startMqttServer();
  const spec = { broker: `tcp://127.0.0.1:${server.port}`, channelName: 'world', channelKey: 'KEY', jsonBody: true };
  return {
    source: sourceOf('emitter', spec),
    remembers: false,
    happen: numbered(server.publish),
    read: told('topic'),
    hang: server.hang,
    close: server.close,
  };
}
