import { expect, test } from 'vitest';
import { type EventFormat, encodeEvent, readEvent } from '../../eventbus/wire.ts';
import { EventData } from '../../src/core/event/data.ts';
import { addressOf, identityOf, makeEvent } from '../../src/core/event/event.ts';

const origin = { source: 'Broker:default', subject: 'event', type: 'knative' };
const attributes = {
  source: '/apis/v1',
  type: 'dev.knative.sources.ping',
  subject: 'a/b',
  dataschema: 'https://example.org/schema',
  extensions: { n: '20', flag: 'true', text: 'x' },
  types: { n: 'integer', flag: 'boolean' },
} as const;

test.each<EventFormat>(['binary', 'structured'])(
  'an event that says other things of itself than where it travels comes as it went (%s)',
  (format) => {
    const event = makeEvent({ id: '1', data: EventData.fromText('{"a":1}'), attributes }, origin, 0);
    const { head, body } = encodeEvent(event, format);

    const { event: read } = readEvent({ subject: 'default.Broker:default.event', head, body, storedAt: 0 });

    expect({ ...read, data: read?.data?.text }).toEqual({ ...event, data: '{"a":1}' });
    expect(addressOf(read!)).toEqual({ source: 'Broker:default', subject: 'event' });
  },
);

test('two sources may give one id: the events are two', () => {
  const one = makeEvent({ id: '1', data: undefined, attributes }, origin, 0);
  const other = makeEvent({ id: '1', data: undefined, attributes: { ...attributes, source: '/apis/v2' } }, origin, 0);

  expect(identityOf(one)).not.toBe(identityOf(other));
  expect(identityOf(makeEvent({ id: '1', data: undefined }, origin, 0))).toBe('1');
});

test('an event that comes back as a reply is another one, though it is called the same', () => {
  const withTtl = (ttl: string) =>
    makeEvent({ id: '1', data: undefined, attributes: { ...attributes, extensions: { knativebrokerttl: ttl } } }, origin, 0);

  expect(identityOf(withTtl('255'))).toBe(identityOf(withTtl('255')));
  expect(identityOf(withTtl('255'))).not.toBe(identityOf(withTtl('254')));
});

test('an address that nobody can read makes no event', () => {
  const head = Buffer.from('NATS/1.0\r\nce-specversion: 1.0\r\nce-id: 1\r\nce-source: a\r\nce-type: b\r\nsensorium-address: [\r\n\r\n');

  const { event, problem } = readEvent({ subject: 'default.a.b', head, body: new Uint8Array(), storedAt: 0 });

  expect(event).toBeUndefined();
  expect(problem).toBe('the message on default.a.b is not a CloudEvent: its header sensorium-address is not JSON');
});
