import { expect, test } from 'vitest';
import { bodyText, payloadText } from '../../../eventsources/messages/body.ts';
import { goTimeText } from '../../../eventsources/messages/go-time.ts';

test.each([
  ['bytes are base64', '{"n": 1}', false, '"eyJuIjogMX0="'],
  [
    'JSON is the body as such, in the order of its keys, without space between tokens',
    ' { "b" : [ 1 , 2 ] , "a" : "x  y" } ',
    true,
    '{"b":[1,2],"a":"x  y"}',
  ],
  ['no digit of a number is lost', '12345678901234567890.10', true, '12345678901234567890.10'],
  ['what Go escapes is escaped', '{"<a>": "b & c \u2028"}', true, '{"\\u003ca\\u003e":"b \\u0026 c \\u2028"}'],
  ['quotes and backslashes end no string', '{"a": "\\" : \\\\", "b": "\\\\\\" "}', true, '{"a":"\\" : \\\\","b":"\\\\\\" "}'],
])('%s', (_, text, jsonBody, expected) => {
  expect(bodyText(Buffer.from(text), jsonBody)).toBe(expected);
});

test('a message without a body is null, and an empty one is empty', () => {
  expect([bodyText(null, true), bodyText(null, false), bodyText(Buffer.alloc(0), false)]).toEqual(['null', 'null', '""']);
});

test('what is not JSON is refused where it should be', () => {
  expect(() => bodyText(Buffer.from('{"a": '), true)).toThrow('the event is not JSON');
  expect(() => bodyText(Buffer.alloc(0), true)).toThrow('the event is not JSON');
});

test('a payload has its fields in their order, and the metadata at the end where there is some', () => {
  expect(payloadText({ topic: '"t"', body: '1' }, { b: 'x', a: 'y' })).toBe('{"topic":"t","body":1,"metadata":{"a":"y","b":"x"}}');
  expect(payloadText({ body: '1' }, {})).toBe('{"body":1}');
});

test.each([
  [0, '1970-01-01 00:00:00 +0000 UTC'],
  [1_784_000_000_500, '2026-07-14 03:33:20.5 +0000 UTC'],
  [1_784_000_000_050, '2026-07-14 03:33:20.05 +0000 UTC'],
  [undefined, '0001-01-01 00:00:00 +0000 UTC'],
])('%s milliseconds are %s in Go', (milliseconds, expected) => {
  expect(goTimeText(milliseconds)).toBe(expected);
});
