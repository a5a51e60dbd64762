import { expect, test } from 'vitest';
import { playServices } from '../../../src/cli/display/play.ts';
import { showCloudEvent } from '../../../src/cli/display/show.ts';
import type { CloudEvent } from '../../../src/core/cloudevents/cloud-event.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { TestClock } from '../../support/clock.ts';

const event = (rest: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: 'A-1',
  source: '/apis/v1/namespaces/default/pingsources/tick',
  type: 'dev.knative.sources.ping',
  extensions: {},
  ...rest,
});

test('an event is shown with its attributes, its extensions by name, and its data', () => {
  const shown = showCloudEvent(
    event({
      subject: 's',
      time: '2026-07-18T12:00:00.5Z',
      dataschema: 'https://x/y',
      datacontenttype: 'application/json; charset=utf-8',
      extensions: { zone: 'b', attempt: 3, beats: true },
      data: EventData.fromText('{"b":12345678901234567890,"a":[1]}'),
    }),
  );

  expect(shown).toBe(`☁️  cloudevents.Event
Context Attributes,
  specversion: 1.0
  type: dev.knative.sources.ping
  source: /apis/v1/namespaces/default/pingsources/tick
  subject: s
  id: A-1
  time: 2026-07-18T12:00:00.5Z
  dataschema: https://x/y
  datacontenttype: application/json; charset=utf-8
Extensions,
  attempt: 3
  beats: true
  zone: b
Data,
  {
    "b": 12345678901234567890,
    "a": [
      1
    ]
  }`);
});

test('one without extensions and data ends with its attributes', () => {
  expect(showCloudEvent(event())).toBe(`☁️  cloudevents.Event
Context Attributes,
  specversion: 1.0
  type: dev.knative.sources.ping
  source: /apis/v1/namespaces/default/pingsources/tick
  id: A-1`);
});

test.each([
  ['text', { datacontenttype: 'text/plain', data: EventData.fromText('a\nb') }, 'Data,\n  a\n  b'],
  ['text that only claims to be JSON', { datacontenttype: 'application/json', data: EventData.fromText('{') }, 'Data,\n  {'],
  ['text of no type', { data: EventData.fromText('{"a":1}') }, 'Data,\n  {\n    "a": 1\n  }'],
  ['bytes', { datacontenttype: 'application/octet-stream', data: EventData.fromBytes(Uint8Array.of(0, 255, 1)) }, 'Data (binary),\n  AP8B'],
])('%s is shown as what it is', (_, rest, ending) => {
  expect(showCloudEvent(event(rest)).split(/\n(?=Data)/)[1]).toBe(ending);
});

test('values of Secrets are not shown', () => {
  const secret = { kind: 'Secret', metadata: { managedFields: [1, 2] }, data: { password: 'aHVudGVyMg==' } };

  expect(showCloudEvent(event({ data: EventData.fromJson(secret) })).split('Data,\n')[1]).toBe(`  {
    "kind": "Secret",
    "metadata": {
      "managedFields": "<2 folded>"
    },
    "data": {
      "password": "<hidden>"
    }
  }`);
});

test('in the place of a Service, the first event tells why it is shown here', () => {
  const written: string[] = [];
  const show = playServices((line) => written.push(line), new TestClock());

  show('default/event-display', event());
  show('default/event-display', event());
  show('default/other', event());

  const because = (name: string) =>
    `  no Service of that name has an address here: what it would get is shown; --sink ${name}=URL sends it there`;
  expect(written.map((text) => text.split('\n')[0])).toEqual([
    `12:00:00.000  display  default/event-display${because('event-display')}`,
    '12:00:00.000  display  default/event-display',
    `12:00:00.000  display  default/other${because('other')}`,
  ]);
});
