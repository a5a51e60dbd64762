import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startTinyServer } from '../../support/tiny-server.ts';
import { listen } from '../messages/listen.ts';

test('a source whose broker says nothing stops when it is told to, and keeps no connection', async () => {
  await using server = await startTinyServer(() => () => {});
  const source = listen('kafka', { url: `127.0.0.1:${server.port}`, topic: 't', partition: '0' });
  await eventually(() => server.sockets.size > 0);

  await source.stop();

  await eventually(() => server.sockets.size === 0, 6_000);
  expect(source.isReady()).toBe(false);
});
