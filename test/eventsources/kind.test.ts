import { expect, test } from 'vitest';
import { eventSourceKind } from '../../eventsources/kind.ts';
import { read } from '../../src/core/schema/read.ts';

/** What is said of an EventSource with this spec: severity, place, sentence, hint. */
function said(spec: object): string[] {
  const object = { apiVersion: 'argoproj.io/v1alpha1', kind: 'EventSource', metadata: { name: 'es' }, spec };
  const { value, findings } = read(eventSourceKind.schema, object);
  const all = [...findings, ...(value ? eventSourceKind.check(value) : [])];
  return all.map(({ severity, path, message, hint }) => `${severity} ${path.join('.')}: ${message}${hint ? ` (${hint})` : ''}`);
}

const pods = { version: 'v1', resource: 'pods', eventTypes: ['ADD'] };
const filtered = (filter: object) => said({ resource: { e: { ...pods, filter } } });

test('a spec as Argo Events takes it is taken without a word', () => {
  const full = {
    ...pods,
    group: '',
    namespace: 'playground',
    metadata: { team: 'a' },
    filter: {
      prefix: 'web',
      labels: [{ key: 'app', operation: 'in', value: 'a,b' }],
      fields: [{ key: 'metadata.annotations.a\\.b', operation: '!=', value: 'x' }],
      afterStart: true,
      createdBy: '2026-07-18T10:00:00+02:00',
    },
  };

  const findings = said({
    eventBusName: 'main',
    replicas: 2,
    template: { serviceAccountName: 'sa' },
    service: { ports: [] },
    resource: { e: full },
  });

  expect(findings).toEqual([]);
});

test('what is missing is said in the words of Argo Events', () => {
  expect(said({ resource: { e: {} } })).toEqual([
    'error spec.resource.e.version: version must be specified',
    'error spec.resource.e.resource: resource must be specified',
    'error spec.resource.e.eventTypes: event types must be specified',
  ]);
  expect(filtered({ labels: [{ value: 'x' }], fields: [{ key: '', operation: '==' }] })).toEqual([
    "error spec.resource.e.filter.labels.0.key: key can't be empty for selector",
    "error spec.resource.e.filter.fields.0.key: key can't be empty for selector",
  ]);
});

test('an event type that does not exist is refused with the one that was meant', () => {
  expect(said({ resource: { e: { ...pods, eventTypes: ['add', 'ADD', 'x'] } } })).toEqual([
    'error spec.resource.e.eventTypes.0: unknown event type "add" (did you mean ADD?)',
    'error spec.resource.e.eventTypes.2: unknown event type "x"; there are ADD, UPDATE and DELETE',
  ]);
});

test('an object with a type that is not supported is refused as a whole, with what serves instead', () => {
  expect(said({ resource: { e: pods }, sftp: { files: {} } })).toEqual([
    'error spec.sftp: the event source type sftp is not supported: mount the folder and use `file`, or post to a `webhook` when a file has come',
  ]);
});

test('one event name cannot stand under two types', () => {
  expect(said({ resource: { e: pods }, webhook: { e: { port: '1', endpoint: '/', method: 'POST' } } })).toContain(
    'error spec.webhook.e: more than one "e" found in the spec',
  );
});

test('a source that never sends anything is warned about', () => {
  expect(said({})).toEqual(['warning spec: there is no event in this EventSource, so it never sends anything']);
  expect(said({ resource: { e: { ...pods, eventTypes: [] } } })).toEqual([
    'warning spec.resource.e.eventTypes: no event types: nothing is ever sent',
  ]);
});

test('a field selector that rejects everything is warned about with the form that works', () => {
  expect(filtered({ fields: [{ key: 'metadata.annotations.host', operation: '!=', value: '' }] })).toEqual([
    'warning spec.resource.e.filter.fields.0.value: the value is a pattern, and an empty one matches every text: with "!=" nothing is ever sent (to ask that the field is there and not empty: {operation: "==", value: ".+"})',
  ]);
  expect(filtered({ fields: [{ key: 'metadata.name', value: 'x' }] })).toEqual([
    'warning spec.resource.e.filter.fields.0: a field selector without an operation never passes, so nothing is ever sent (add operation: "==")',
  ]);
});

test('broken selectors are refused where they are', () => {
  expect(filtered({ fields: [{ key: 'a.', operation: '=~', value: '[' }] })).toEqual([
    'error spec.resource.e.filter.fields.0.key: path "a.": it ends with ".", behind which a key is missing',
    'error spec.resource.e.filter.fields.0.value: regular expression "[": missing closing ]: `[` (patterns are RE2, as in Go: no look-around and no back-references)',
    'error spec.resource.e.filter.fields.0.operation: unknown operation "=~": a field selector takes =, == or != (did you mean "=="?)',
  ]);
  expect(
    filtered({
      labels: [
        { key: 'a b' },
        { key: 'a', operation: 'not in', value: 'x' },
        { key: 'a', operation: 'in', value: 'x, y' },
        { key: 'a', operation: 'gt', value: 'x' },
        { key: 'a', operation: 'exists', value: 'x' },
      ],
    }),
  ).toEqual([
    'error spec.resource.e.filter.labels.0.key: "a b" is not a label name',
    'error spec.resource.e.filter.labels.1.operation: unknown operation "not in" (did you mean "notin"?)',
    'error spec.resource.e.filter.labels.2.value: " y" is not a label value (write the list without spaces)',
    'error spec.resource.e.filter.labels.3.value: "gt" compares with an integer, but the value is "x"',
    'error spec.resource.e.filter.labels.4.value: "exists" takes no value',
  ]);
});

test('a time that is none, and a word that is none, are refused', () => {
  expect(filtered({ createdBy: 'yesterday' })).toEqual([
    'error spec.resource.e.filter.createdBy: createdBy must be a time such as 2026-07-18T10:00:00Z',
  ]);
  expect(said({ resource: { e: { ...pods, initialList: 'all' } } })).toEqual([
    'error spec.resource.e.initialList: initialList must be `changes` or `adds`',
  ]);
});

test('an unknown field is a warning with the field that was meant', () => {
  expect(said({ resource: { e: { ...pods, filter: { label: [] } } } })).toEqual([
    'warning spec.resource.e.filter.label: unknown field "label" is ignored (did you mean "labels"?)',
  ]);
});
