import { expect, test } from 'vitest';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { readCloudEvents } from '../../../src/core/cloudevents/read.ts';
import { writeBinary, writeStructured } from '../../../src/core/cloudevents/write.ts';
import { EventData } from '../../../src/core/event/data.ts';

const event: CloudEvent = { specversion: '1.0', id: '1', source: '/s', type: 't', extensions: {} };

test.each([
  ['2026-01-02T03:04:05.123456789+02:00', '2026-01-02T01:04:05.123456789Z'],
  ['2026-01-02T03:04:05.500Z', '2026-01-02T03:04:05.5Z'],
  ['2026-01-02T03:04:00.000Z', '2026-01-02T03:04:00Z'],
  ['2026-01-02T03:04:00Z', '2026-01-02T03:04:00Z'],
  ['long ago', 'long ago'],
])('the time %s is sent as %s', (time, expected) => {
  expect(writeBinary({ ...event, time }).headers['Ce-Time']).toBe(expected);
});

test('what is not ASCII is encoded in headers, with all that could be taken for an escape', () => {
  const { headers } = writeBinary({ ...event, subject: 'größe 5%', extensions: { x: 'a b "c" 5%' } });

  expect([headers['Ce-Subject'], headers['Ce-X']]).toEqual(['gr%C3%B6%C3%9Fe%205%25', 'a b "c" 5%']);
});

test('a content type that no header can hold is encoded too, so that the event can be sent at all', () => {
  const { headers } = writeBinary({ ...event, datacontenttype: 'text/plain\r\nX-Other:€' });

  expect(headers['Content-Type']).toBe('text/plain%0D%0AX-Other:%E2%82%AC');
});

test.each([
  ['application/json', '{"a": 1.0}', '"data":{"a": 1.0}'],
  ['application/json', 'no JSON', '"data_base64":"bm8gSlNPTg=="'],
  ['text/plain', 'he said "x"', '"data":"he said \\"x\\""'],
  ['application/x-yaml', 'a: 1', '"data":"a: 1"'],
  ['image/png', 'png', '"data_base64":"cG5n"'],
])('data of the type %s stands in JSON so that it can be read again: %s', (datacontenttype, text, expected) => {
  const { headers, body } = writeStructured({ ...event, datacontenttype, data: EventData.fromText(text) });

  expect(body).toContain(expected);
  const reading = readCloudEvents({ 'Content-Type': [headers['Content-Type']!] }, Buffer.from(body as string));
  expect(reading.kind === 'events' && reading.events[0]!.data!.text).toBe(text);
});
