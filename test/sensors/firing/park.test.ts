import { expect, test } from 'vitest';
import type { Queue } from '../../../eventbus/bus.ts';
import { type Parked, park } from '../../../sensors/firing/park.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { TestClock } from '../../support/clock.ts';

const limit = 10_000;
const large = 'x'.repeat(2 * limit);

/** What a store keeps that takes 10,000 bytes. */
async function kept(parked: Partial<Parked>): Promise<unknown> {
  const bodies: string[] = [];
  const put = async (body: Uint8Array) => {
    if (body.length > limit) throw new EngineError('EVENT_TOO_LARGE', { actual: body.length, limit });
    bodies.push(Buffer.from(body).toString());
  };
  const error = new EngineError('EVENT_LIMIT', { limit: '1 s', what: 'why' });
  const whole: Parked = { id: 'i', sensor: 'sn', namespace: 'ns', dependency: 'dep', error, attempts: 1, events: new Map(), ...parked };
  await park({ put } as unknown as Queue, whole, { clock: new TestClock(), over: new AbortController().signal });
  expect(bodies.length).toBe(1);
  return JSON.parse(bodies[0]!);
}

const events = (event: Partial<Event>) => new Map([['dep', { ...buildEvent('e', { data: { a: 1 } }), ...event }]]);

test('what is parked has the event as it was sent, and what would have been done', async () => {
  expect(await kept({ events: events({ extensions: { k: 'v' } }), rendered: { a: 1 } })).toMatchObject({
    reason: { code: 'EVENT_LIMIT', message: 'stopped after 1 s: why' },
    events: { dep: { id: 'e', data: '{"a":1}', extensions: { k: 'v' } } },
    rendered: { a: 1 },
  });
});

test('what is too large is parked without what would have been done, then without the payload, whose size stays', async () => {
  const first = await kept({ events: events({}), rendered: { a: large } });
  expect(first).toMatchObject({ events: { dep: { data: '{"a":1}' } } });
  expect(first).not.toHaveProperty('rendered');

  const second = await kept({ events: events({ data: EventData.fromText(large) }) });
  expect(second).toMatchObject({ events: { dep: { id: 'e', data_bytes: 20_000 } } });
  expect(second).not.toHaveProperty('events.dep.data');
});

test('a message that quotes a whole program, and attributes without end, are cut: there is nothing that cannot be parked', async () => {
  const error = new EngineError('EVENT_TEMPLATE_FAILED', { problem: large });
  const message = /^.{4095}…$/;
  expect(await kept({ error })).toMatchObject({ reason: { message: expect.stringMatching(message) } });

  const many = Object.fromEntries(Array.from({ length: limit }, (_, index) => [`k${index}`, 'v']));
  expect(await kept({ events: events({ id: large, time: large, extensions: many }) })).toMatchObject({
    events: { dep: { id: `${'x'.repeat(255)}…`, source: 'es', subject: 'things', data_bytes: 7 } },
  });
});
