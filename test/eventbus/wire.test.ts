import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeEvent, readEvent } from '../../eventbus/wire.ts';
import { encodeHeader } from '../../src/core/cloudevents/header-value.ts';
import { EventData } from '../../src/core/event/data.ts';
import type { Event } from '../../src/core/event/event.ts';
import { buildEvent } from '../support/build-event.ts';

const shown = (event: Event | undefined) => event && { ...event, data: event.data && Buffer.from(event.data.bytes).toString('hex') };
const stored = (head: string | undefined, body: string) => ({
  subject: 'default.git.push',
  storedAt: Date.parse('2026-07-18T12:00:00Z'),
  head: head === undefined ? undefined : Buffer.from(`NATS/1.0\r\n${head}\r\n`),
  body: Buffer.from(body),
});

const text = fc.string({ minLength: 1, unit: 'grapheme' });
const anyEvent: fc.Arbitrary<Event> = fc
  .record({
    id: text,
    source: text,
    type: text,
    subject: fc.string({ unit: 'grapheme' }),
    time: fc.constant('2026-07-18T12:00:00.123456789Z'),
    datacontenttype: fc.constantFrom('application/json', 'text/plain; charset="utf-8"'),
    extensions: fc.dictionary(fc.stringMatching(/^x[a-z0-9]{1,10}$/), fc.string({ unit: 'grapheme' })),
    bytes: fc.uint8Array(),
  })
  .map(({ bytes, ...event }) => ({ ...event, data: EventData.fromBytes(bytes) }));

test('an event is read back as it was written, in both forms', () => {
  fc.assert(
    fc.property(anyEvent, fc.constantFrom('binary' as const, 'structured' as const), (event, format) => {
      const message = encodeEvent(event, format);
      const { event: read, problem } = readEvent({ ...message, subject: 's', storedAt: 0 });
      expect(problem).toBeUndefined();
      expect(shown(read)).toEqual(shown(event));
      expect(Buffer.from(message.head).toString('latin1')).toMatch(/^NATS\/1\.0\r\n(?:[\w-]+: [\x21-\x7e]*\r\n)+\r\n$/);
    }),
  );
});

test('an event without data has none afterwards, and one with empty data has that', () => {
  for (const format of ['binary', 'structured'] as const) {
    const round = (event: Event) => readEvent({ ...encodeEvent(event, format), subject: 's', storedAt: 0 }).event!.data?.text;
    expect([round(buildEvent({ data: undefined })), round(buildEvent({ data: EventData.fromText('') }))]).toEqual([undefined, '']);
  }
});

test('header values are encoded as CloudEvents says', () => {
  expect(encodeHeader('Euro € 😀 "50%"')).toBe('Euro%20%E2%82%AC%20%F0%9F%98%80%20%2250%25%22');
  expect(encodeHeader("!#$&'()*+,-./:;<=>?@[]^_`{|}~")).toBe("!#$&'()*+,-./:;<=>?@[]^_`{|}~");
});

test('binary events of others are read: any case of names, values as they are, attributes that we do not know', () => {
  const head = 'CE-SpecVersion:1.0\r\nce-id: a b\r\nce-source: ü\r\nce-type: t\r\nce-note: 100%\r\nce-dataschema: urn:x\r\nX-Other: y\r\n';

  expect(shown(readEvent(stored(head, 'body')).event)).toEqual({
    id: 'a b',
    source: 'ü',
    type: 't',
    subject: '',
    time: '2026-07-18T12:00:00.000Z',
    datacontenttype: 'application/json',
    extensions: { note: '100%' },
    dataschema: 'urn:x',
    data: Buffer.from('body').toString('hex'),
  });
});

test('a structured event is recognised by its content type even among headers', () => {
  const head = 'ce-specversion: 1.0\r\ncontent-type: application/cloudevents+json; charset=utf-8\r\n';
  const body = '{"specversion":"1.0","id":"a","source":"s","type":"t","data":[1],"count":9007199254740993,"flag":true,"gone":null}';

  const { event } = readEvent(stored(head, body));

  expect([event!.id, event!.data!.json, event!.extensions]).toEqual(['a', [1], { count: '9007199254740993', flag: 'true' }]);
});

test('data of a text type is the text itself, data of a JSON type is JSON', () => {
  const read = (type: string) =>
    readEvent(stored(undefined, `{"specversion":"1.0","id":"a","source":"s","type":"t","datacontenttype":"${type}","data":"x"}`)).event!
      .data!.text;

  expect([read('text/plain'), read('application/json'), read('application/vnd.a+json; v=1')]).toEqual(['x', '"x"', '"x"']);
});

test('what is no CloudEvent says why', () => {
  const why = (head: string | undefined, body: string) => readEvent(stored(head, body)).problem;
  const at = 'the message on default.git.push is not a CloudEvent:';

  expect(why('ce-specversion: 0.3\r\nce-id: a\r\n', '')).toBe(`${at} its specversion is 0.3, not 1.0`);
  expect(why('ce-specversion: 1.0\r\nce-id: a\r\nce-source: s\r\n', '')).toBe(`${at} it has no type`);
  expect(why(undefined, '{"specversion":"1.0","id":"a","source":"s","type":"t","data_base64":1}')).toBe(
    `${at} its data_base64 is not text`,
  );
  expect(why('Other: x\r\n', '{')).toBe(`${at} it has no CloudEvents headers, and its body is not JSON`);
});
