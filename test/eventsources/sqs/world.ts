import { isObject } from '../../../src/core/json/json.ts';
import type { World } from '../../contracts/event-source.ts';
import type { TestClock } from '../../support/clock.ts';
import { eventSourceOf } from '../../support/event-source.ts';
import { kubeWithSecret, secretKey } from '../../support/secrets.ts';
import { sqsServer } from './server.ts';

export const sqsEntry = (host: string, more: object = {}) => ({
  region: 'us-east-1',
  queue: 'orders',
  endpoint: `http://${host}`,
  accessKey: secretKey('access'),
  secretKey: secretKey('secret'),
  jsonBody: true,
  ...more,
});

/** Orders in a queue, which come again when they were not deleted. */
export async function sqsWorld(clock: TestClock): Promise<World> {
  const server = await sqsServer(clock);
  const kube = kubeWithSecret({ access: 'me', secret: 'hush' });
  let count = 0;
  return {
    source: eventSourceOf({ sqs: { orders: sqsEntry(server.host) } }),
    deps: { kube },
    remembers: 'messages',
    ordered: false,
    happen() {
      const fact = `order ${count++}`;
      server.send(JSON.stringify(fact));
      return { subject: 'orders', fact };
    },
    read: ({ data }) => ({ subject: 'orders', fact: isObject(data!.json) ? `${data!.json['body']}` : '' }),
    hang: () => server.hang(),
    close: () => server[Symbol.asyncDispose](),
  };
}
