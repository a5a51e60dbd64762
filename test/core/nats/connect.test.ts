import { executionAsyncId } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { connectNats } from '../../../src/core/nats/connect.ts';
import { dialled } from '../../../src/core/nats/dialled.ts';
import { eventually } from '../../support/eventually.ts';
import { startTinyServer } from '../../support/tiny-server.ts';

test('of a server that says nothing no connection is kept, when the attempt is given up', async () => {
  await using server = await startTinyServer(() => () => {});
  const stop = new AbortController();
  const connecting = connectNats({ servers: [`nats://127.0.0.1:${server.port}`], name: 'test' }, stop.signal);
  connecting.catch(() => {});
  await eventually(() => server.sockets.size === 1);

  stop.abort(new Error('it is over'));

  await expect(connecting).rejects.toThrow('it is over');
  await eventually(() => server.sockets.size === 0);
});

test('nor one that has waited in vain', async () => {
  await using server = await startTinyServer(() => () => {});

  await expect(connectNats({ servers: [`nats://127.0.0.1:${server.port}`], name: 'test' })).rejects.toThrow('timeout');

  await eventually(() => server.sockets.size === 0);
}, 20_000);

test('Node watches promises for the sockets of an attempt no longer than it lasts', async () => {
  let meanwhile = 0;

  await dialled(async () => {
    await null;
    meanwhile = executionAsyncId();
  }, undefined);
  await null;

  expect(meanwhile).not.toBe(0);
  // A promise has an id only while somebody asks Node to follow promises.
  expect(executionAsyncId()).toBe(0);
});
