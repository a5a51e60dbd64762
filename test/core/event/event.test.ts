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

test('data is read as YAML once, with a limit, and tells each time what is wrong with it', () => {
  expect(EventData.fromText('a: [1, yes]').yaml).toEqual({ a: [1, true] });
  const data = EventData.fromText('a: 1');
  expect(data.yaml).toBe(data.yaml);

  const broken = EventData.fromText('a: [');
  const problem = 'this is not valid YAML: ] is missing: what was opened before is not closed here (line 1 of the text)';
  for (let time = 0; time < 2; time++) expect(() => broken.yaml).toThrow(problem);
  expect(() => EventData.fromText('['.repeat(131_073)).yaml).toThrow('stopped after 131072 characters: the YAML of the event is longer');
});
