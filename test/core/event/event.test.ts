import { expect, test } from 'vitest';
import { EventData } from '../../../src/core/event/data.ts';
import { makeEvent } from '../../../src/core/event/event.ts';
import { stableId } from '../../../src/core/event/stable-id.ts';

test('the same fact has the same id, and parts do not run into each other', () => {
  expect(stableId('uid', '1', 'ADD')).toBe(stableId('uid', '1', 'ADD'));
  expect(stableId('ab', 'c')).not.toBe(stableId('a', 'bc'));
  expect(stableId('a')).toMatch(/^[0-9a-f]{32}$/);
});

test('a draft becomes an event with the names of its source', () => {
  const data = EventData.fromText('{"a":1}');

  expect(makeEvent({ id: 'x', data, orderKey: 'k', synthetic: true }, { source: 'es', subject: 'ev', type: 'resource' }, 0)).toEqual({
    id: 'x',
    source: 'es',
    type: 'resource',
    subject: 'ev',
    time: '1970-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    extensions: { partitionkey: 'k', synthetic: 'true' },
    data,
  });
});

test('data is had as bytes, text and JSON, whichever it was made from', () => {
  const forms = [EventData.fromText('{"a":"é"}'), EventData.fromBytes(Buffer.from('{"a":"é"}')), EventData.fromJson({ a: 'é' })];

  for (const data of forms) {
    expect(Buffer.from(data.bytes).toString()).toBe('{"a":"é"}');
    expect(data.text).toBe('{"a":"é"}');
    expect(data.json).toEqual({ a: 'é' });
  }
});

test('data that is not JSON says so when it is asked for', () => {
  expect(() => EventData.fromText('{').json).toThrow(expect.objectContaining({ code: 'EVENT_NOT_JSON' }));
});
