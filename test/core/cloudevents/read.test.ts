import { expect, test } from 'vitest';
import { problemOf, type Reading, readCloudEvents } from '../../../src/core/cloudevents/read.ts';

const structured = (body: string, type = 'application/cloudevents+json'): Reading =>
  readCloudEvents({ 'Content-Type': [type] }, Buffer.from(body));

const problemIn = (reading: Reading): string | undefined => (reading.kind === 'unreadable' ? reading.problem : undefined);

const first = (reading: Reading) => (reading.kind === 'events' ? reading.events[0]! : undefined)!;

test('data of a structured event stays as it was written, with all digits and in its order', () => {
  const data = '{ "b" : 1.0, "a": 12345678901234567890, "t": "}\\",{" }';

  const event = first(structured(`{"specversion":"1.0","id":"1","source":"/s","type":"t","data":${data},"x":"}"}`));

  expect(event.data?.text).toBe(data);
  expect(event.extensions).toEqual({ x: '}' });
});

test('each event of a batch keeps its own data', () => {
  const events = [1, 2].map((n) => `{"specversion":"1.0","id":"${n}","source":"/s","type":"t","data":{ "n": ${n} }}`);

  const reading = structured(` [ ${events.join(' , ')} ] `, 'application/cloudevents-batch+json');

  expect(reading).toMatchObject({ kind: 'events', mode: 'batched' });
  expect(reading.kind === 'events' && reading.events.map(({ data }) => data?.text)).toEqual(['{ "n": 1 }', '{ "n": 2 }']);
});

test('an empty batch has no events', () => {
  expect(structured('[]', 'application/cloudevents-batch+json')).toEqual({ kind: 'events', mode: 'batched', events: [] });
});

test.each([
  ['{not json', 'its body is not JSON: unexpected "n" at line 1, column 2, wanted a key in quotes'],
  ['[]', 'its body is no JSON object'],
  ['{"id":"1"}', 'it has no specversion'],
  ['{"specversion":"2.0"}', 'its specversion is "2.0"'],
  ['{"specversion":"1.0","id":5}', 'its id is 5, and a text is expected'],
  ['{"specversion":"1.0","x":{}}', 'its x is a structure, and texts, booleans and 32-bit integers are expected'],
  ['{"specversion":"1.0","x":3000000000}', 'its x is beyond 32 bits, and texts, booleans and 32-bit integers are expected'],
  ['{"specversion":"1.0","my-ext":"v"}', '"my-ext" is no name of an attribute: letters and digits only'],
  ['{"specversion":"1.0","time":"yesterday"}', 'its time "yesterday" is no RFC 3339 time'],
  ['{"specversion":"1.0","time":"2026-02-30T03:04:05Z"}', 'its time "2026-02-30T03:04:05Z" is no RFC 3339 time'],
  ['{"specversion":"1.0","time":"2026-02-03T24:00:00Z"}', 'its time "2026-02-03T24:00:00Z" is no RFC 3339 time'],
  ['{"specversion":"1.0","data_base64":"?"}', 'its data_base64 is no base64'],
  ['{"specversion":"1.0","datacontenttype":"text/plain","data":{}}', 'its data is no text, and text/plain is expected'],
])('%s cannot be read: %s', (body, expected) => {
  expect(problemIn(structured(body))).toBe(expected);
});

test('null is no text: an event of text whose data is null has none', () => {
  expect(first(structured('{"specversion":"1.0","datacontenttype":"text/plain","data":null}')).data).toBeUndefined();
});

test('what is missing is told together, and is no reason not to read the rest', () => {
  const event = first(structured('{"specversion":"1.0","type":"t"}'));

  expect(problemOf(event)).toBe('it has no id and no source');
});

test('a sender who writes UTF-8 into headers is understood', () => {
  const bytes = Buffer.from('größe €', 'utf8').toString('latin1');

  const event = first(readCloudEvents({ 'Ce-Specversion': ['1.0'], 'Ce-Id': ['1'], 'Ce-Subject': [bytes] }, new Uint8Array()));

  expect(event.subject).toBe('größe €');
});

test('version 0.3 says by an attribute that its data is base64', () => {
  const body =
    '{"specversion":"0.3","id":"1","source":"/s","type":"t","schemaurl":"http://x","datacontenttype":"a/b","datacontentencoding":"base64","data":"AAE="}';

  const event = first(structured(body));

  expect(event).toMatchObject({ specversion: '0.3', dataschema: 'http://x', extensions: {} });
  expect([...event.data!.bytes]).toEqual([0, 1]);
});

test('a call without any sign of an event is none', () => {
  expect(readCloudEvents({ 'Content-Type': ['application/json'] }, Buffer.from('{}'))).toEqual({ kind: 'none' });
});

test('nobody but us says what is ours to remember', () => {
  const event = first(
    structured('{"specversion":"1.0","id":"1","source":"/s","type":"t","sensoriumheaders":"{}","Sensoriumx":"1","x":"1"}'),
  );

  expect(event.extensions).toEqual({ x: '1' });
});
