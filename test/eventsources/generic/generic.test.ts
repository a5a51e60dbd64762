import { expect, test } from 'vitest';
import type { EngineError } from '../../../src/core/errors/engine-error.ts';
import { runSource } from '../../support/run-source.ts';
import { kubeWithSecret, secretKey } from '../../support/secrets.ts';
import { eventingServer } from './server.ts';

async function running(more: object = {}) {
  const server = await eventingServer();
  const entry = { url: server.url, config: 'room: kitchen', insecure: true, ...more };
  const source = runSource('generic', entry, { kube: kubeWithSecret({ token: 'hush' }) });
  return {
    ...source,
    server,
    connected: () => source.until(() => server.streams.size > 0),
    told: () => source.heard.of('senderAway').map(({ error }) => (error as EngineError).message),
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

test('the service is given name, config and token, and each of its messages is an event', async () => {
  await using service = await running({ authSecret: secretKey('token'), metadata: { team: 'a' } });
  await service.connected();
  service.server.send('plain');

  expect((await service.seen(1))[0]!.data!.text).toBe('{"body":"cGxhaW4=","metadata":{"team":"a"}}');
  expect(service.server.asked).toEqual([{ name: 'ev', config: 'room: kitchen', authorization: 'Bearer hush' }]);
});

test('a message that is no JSON is told, and the next one comes', async () => {
  await using service = await running({ jsonBody: true });
  await service.connected();
  service.server.send('no JSON');
  service.server.send('{"a":1}');

  expect((await service.seen(1)).map(({ data }) => data!.text)).toEqual(['{"body":{"a":1}}']);
  expect(service.heard.of('messageRefused')).toMatchObject([{ event: 'ev', bytes: 7 }]);
});

test('a service that ends its stream is called again, and so is one that refuses', async () => {
  await using service = await running();
  await service.connected();
  service.server.refuse('you may not');
  service.server.end();
  await service.until(() => service.told().length === 2);
  service.server.refuse(undefined);
  await service.connected();

  expect(service.told()).toEqual([
    `${service.server.url} cannot be reached: it has ended the stream`,
    `${service.server.url} refused: you may not`,
  ]);
});

test('a service that does not keep to the contract is told, and called again', async () => {
  await using service = await running();
  await service.connected();
  service.server.babble();
  await service.until(() => service.told().length === 1);
  await service.ready();

  expect(service.told()).toEqual([`${service.server.url} refused: what it sends are no messages of the contract`]);
});

test('a service that is not there is told once, and waited for', async () => {
  const { url, ...server } = await eventingServer();
  await server[Symbol.asyncDispose]();
  await using source = runSource('generic', { url, config: 'x', insecure: true });
  await source.until(() => source.heard.of('senderAway').length > 0);

  expect((source.heard.of('senderAway')[0]!['error'] as EngineError).code).toBe('UNREACHABLE_SENDER');
});
