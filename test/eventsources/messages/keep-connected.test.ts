import { expect, test } from 'vitest';
import type { EventSourceContext } from '../../../eventsources/event-source.ts';
import { keepConnected } from '../../../eventsources/messages/keep-connected.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { settle, TestClock } from '../../support/clock.ts';
import { record } from '../../support/record.ts';

function scene() {
  const clock = new TestClock();
  const stop = new AbortController();
  const { tell, of } = record();
  const readiness: boolean[] = [];
  const ready = (isReady: boolean) => void readiness.push(isReady);
  const context = { clock, signal: stop.signal, tell, ready, eventSourceName: 'es', eventName: 'event' } as unknown as EventSourceContext;
  return { clock, stop, of, readiness, context };
}

const away = (reason: string) => new EngineError('UNREACHABLE_SENDER', { server: 'the server', reason });

test('an outage is told once for each reason, and waits grow to 10 s', async () => {
  const { clock, stop, of, context } = scene();
  const tries: number[] = [];
  const ended = keepConnected(context, async () => {
    tries.push(clock.now());
    throw away(tries.length < 4 ? 'refused' : 'silence');
  });

  await clock.turn(120_000);
  stop.abort();
  await ended;

  const waits = tries.slice(1).map((at, index) => at - tries[index]!);
  expect(waits[0]).toBeLessThanOrEqual(200);
  expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
  expect(Math.max(...waits)).toBeGreaterThan(5_000);
  expect(of('senderAway').map(({ error }) => (error as Error).message)).toEqual([
    'the server cannot be reached: refused',
    'the server cannot be reached: silence',
  ]);
});

test('it is ready while it hears, and says when the server is back', async () => {
  const { clock, stop, of, readiness, context } = scene();
  let lose = (_: unknown) => {};
  const ended = keepConnected(context, (listening) => {
    listening();
    return new Promise((_, reject) => {
      lose = reject;
    });
  });
  await settle();
  lose(away('cut'));
  await clock.turn(1000);
  stop.abort();
  await ended;

  expect(readiness).toEqual([true, false, true]);
  expect(of('senderBack')).toHaveLength(1);
});

test('what time does not mend ends it', async () => {
  const { context } = scene();

  await expect(keepConnected(context, () => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
});

test('it stops at once, and a session that connects too late makes nothing ready', async () => {
  const { stop, readiness, context } = scene();
  let connect = () => {};
  const ended = keepConnected(context, async (listening) => {
    await new Promise<void>((resolve) => {
      connect = resolve;
    });
    listening();
  });
  await settle();

  stop.abort();
  await ended;
  connect();
  await settle();

  expect(readiness).toEqual([]);
});
