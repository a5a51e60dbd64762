import { isObject } from '../../../src/core/json/json.ts';
import type { World } from '../../contracts/event-source.ts';
import type { TestClock } from '../../support/clock.ts';
import { eventSourceOf } from '../../support/event-source.ts';
import { eventingServer } from './server.ts';

/** Readings of a sensor in a kitchen, for those who listen. */
export async function genericWorld(clock: TestClock): Promise<World> {
  const server = await eventingServer();
  let count = 0;
  return {
    source: eventSourceOf({ generic: { kitchen: { url: server.url, config: 'room: kitchen', insecure: true, jsonBody: true } } }),
    remembers: false,
    async happen() {
      // The source has connected, and the service knows of it a moment later.
      for (let turn = 0; turn < 200 && server.streams.size === 0; turn++) await clock.turn(1);
      const fact = `reading ${count++}`;
      server.send(JSON.stringify(fact));
      return { subject: 'kitchen', fact };
    },
    read: ({ data }) => ({ subject: 'kitchen', fact: isObject(data!.json) ? `${data!.json['body']}` : '' }),
    hang: () => server.hang(),
    close: () => server[Symbol.asyncDispose](),
  };
}
