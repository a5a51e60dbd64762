import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeWaiting, encodeWaiting, lineOf, readLine, type Waiting } from '../../../sensors/firing/queue-body.ts';
import { EventData } from '../../../src/core/event/data.ts';
import type { Event } from '../../../src/core/event/event.ts';

const text = fc.string({ unit: 'grapheme' });

const event: fc.Arbitrary<Event> = fc.record({
  id: text,
  source: text,
  type: text,
  subject: text,
  time: fc.constant('2026-07-18T12:00:00.123456789Z'),
  datacontenttype: text,
  extensions: fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,9}$/), text),
  data: fc.option(
    fc.uint8Array().map((bytes) => EventData.fromBytes(bytes)),
    { nil: undefined },
  ),
});

const waiting: fc.Arbitrary<Waiting> = fc.record({
  firing: fc.record({
    id: text,
    sensor: text,
    namespace: text,
    trigger: text,
    events: fc.array(fc.tuple(text, event), { minLength: 1, maxLength: 3 }).map((pairs) => new Map(pairs)),
    orderKey: fc.option(text, { nil: undefined }),
  }),
  decidedAt: fc.nat(),
  storedAt: fc.nat(),
  attempts: fc.nat(),
});

/** With payloads as bytes, so that they can be compared. */
const plain = ({ firing, ...rest }: Waiting) => ({
  ...rest,
  firing: {
    ...firing,
    events: [...firing.events].map(([name, { data, ...attributes }]) => ({ name, ...attributes, bytes: data && [...data.bytes] })),
  },
});

test('a firing comes out of the queue as it went in, every byte of its payloads included', () => {
  fc.assert(fc.property(waiting, (given) => void expect(plain(decodeWaiting(encodeWaiting(given)))).toEqual(plain(given))));
});

test('a firing is hardly larger than its event', () => {
  const data = EventData.fromText(JSON.stringify({ text: '"'.repeat(10_000) }));
  const attributes = { id: 'e', source: 's', type: 't', subject: 'u', time: '', datacontenttype: 'application/json', extensions: {} };
  const firing = { id: 'f', sensor: 's', namespace: 'n', trigger: 't', orderKey: 'k', events: new Map([['dep', { ...attributes, data }]]) };

  const body = encodeWaiting({ firing, decidedAt: 1, storedAt: 1, attempts: 1 });

  expect(body.length - data.bytes.length).toBeLessThan(500);
});

test('trigger and order key are read back from what the queue keeps beside a body', () => {
  fc.assert(
    fc.property(
      text,
      fc.option(text, { nil: undefined }),
      (trigger, orderKey) => void expect(readLine(lineOf(trigger, orderKey))).toEqual({ trigger, orderKey }),
    ),
  );
});
