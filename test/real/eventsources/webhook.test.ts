import { expect, test } from 'vitest';
import type { EventBus } from '../../../eventbus/bus.ts';
import { runEventSource } from '../../../eventsources/runner.ts';
import { createRoutes } from '../../../src/core/http/routes.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { calledSource, kubeWithSecret } from '../../eventsources/called-world.ts';
import { startNats } from '../../support/nats.ts';
import { openJetStream } from '../../support/open-bus.ts';
import { record } from '../../support/record.ts';

const webhook = { endpoint: '/hook', port: '0', method: 'POST' };

/** Runs a webhook on a real port and a real bus. */
async function start(bus: EventBus) {
  const { tell, ...heard } = record();
  const stop = new AbortController();
  const routes = createRoutes({ host: '127.0.0.1', clock: systemClock });
  const ended = runEventSource(calledSource('webhook', webhook), {
    bus,
    kube: kubeWithSecret(),
    routes,
    clock: systemClock,
    tell,
    signal: stop.signal,
  });
  const { port } = await heard.seen('listening');
  return {
    url: `http://127.0.0.1:${port}/hook`,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}

/** As a caller does it that wants to be sure: until it hears of success. Resolves with the status of each try. */
async function callUntilTaken(url: string, order: number): Promise<number[]> {
  const tried: number[] = [];
  const request = { method: 'POST', body: JSON.stringify({ order }), headers: { 'idempotency-key': `${order}` } };
  for (;;) {
    const { status } = await fetch(url, request);
    tried.push(status);
    if (status === 200) return tried;
    await systemClock.sleep(50);
  }
}

async function orders(bus: EventBus): Promise<number[]> {
  const found: number[] = [];
  for await (const { event } of bus.replay({ source: 'es', subject: 'calls' }, 0, new AbortController().signal))
    found.push((event.data!.json as { body: { order: number } }).body.order);
  return found.sort((a, b) => a - b);
}

test('a nats-server that is killed and comes back while it is called: every call is answered, stored, and stored once', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using source = await start(bus);
  let next = 0;
  const tried: number[] = [];
  const callers = Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < 2000) tried.push(...(await callUntilTaken(source.url, next++)));
    }),
  );
  while (next < 500) await systemClock.sleep(5);
  await nats.kill();
  await systemClock.sleep(300);
  await nats.restart();
  await callers;

  expect(await orders(bus)).toEqual(Array.from({ length: 2000 }, (_, order) => order));
  expect([...new Set(tried)].filter((status) => status !== 200 && status !== 503)).toEqual([]);
});

test('a nats-server that stays away: callers are told to come again, and are served when it is back', async () => {
  await using nats = await startNats();
  await using bus = await openJetStream(nats);
  await using source = await start(bus);
  await callUntilTaken(source.url, 0);
  await nats.kill();

  const answer = await fetch(source.url, { method: 'POST', body: '{"order":1}', headers: { 'idempotency-key': '1' } });
  expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '5', 'failed to record event']);

  await nats.restart();
  await callUntilTaken(source.url, 1);
  expect(await orders(bus)).toEqual([0, 1]);
});
