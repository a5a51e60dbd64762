import type { World } from '../../contracts/event-source.ts';
import { numbered, sourceOf, told } from '../messages/world.ts';
import { startMqttServer } from './server.ts';

export async function mqttWorld(): Promise<World> {
  const server = await startMqttServer();
  server.expect('world');
  const spec = { url: `tcp://127.0.0.1:${server.port}`, topic: '#', clientId: 'world', qos: 1, jsonBody: true };
  return {
    source: sourceOf('mqtt', spec),
    remembers: 'messages',
    recognised: false,
    happen: numbered((topic, text) => server.publish(topic, text, 1)),
    read: told('topic'),
    hang: server.hang,
    close: server.close,
  };
}
