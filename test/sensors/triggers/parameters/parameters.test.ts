import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkParameters, compileParameters } from '../../../../sensors/triggers/parameters/index.ts';
import { compilePayload } from '../../../../sensors/triggers/parameters/payload.ts';
import type { ParameterSpec } from '../../../../sensors/triggers/parameters/spec.ts';
import { EventData } from '../../../../src/core/event/data.ts';
import type { Event } from '../../../../src/core/event/event.ts';
import { buildEvent } from '../../../support/build-sensor.ts';
import { findingTexts } from '../../../support/compile-sensor.ts';

const events = (data: object): Map<string, Event> => new Map([['dep', buildEvent('1', { data })]]);
const withData = (text: string, datacontenttype: string): Map<string, Event> =>
  new Map([['dep', { ...buildEvent('1'), datacontenttype, data: EventData.fromText(text) }]]);
const from = (dataKey: string, rest: Partial<ParameterSpec['src']> = {}): ParameterSpec['src'] => ({
  dependencyName: 'dep',
  dataKey,
  ...rest,
});
const apply = (params: ParameterSpec[], json: string, from: Map<string, Event>) => compileParameters(params)(json, from);

describe('a value that is missing', () => {
  test('stops the firing with a sentence that names path and dependency', () => {
    expect(() => apply([{ src: from('body.id'), dest: 'a' }], '{}', events({}))).toThrow(
      'path "body.id" does not exist in the event of dependency "dep"',
    );
  });

  test('is replaced by the default', () => {
    expect(apply([{ src: from('body.id', { value: 'none' }), dest: 'a' }], '{}', events({}))).toBe('{"a":"none"}');
    expect(apply([{ src: from('body.id', { value: '' }), dest: 'a' }], '{}', events({}))).toBe('{"a":""}');
  });

  test('of a dependency that took no part is skipped', () => {
    expect(apply([{ src: { dependencyName: 'other', dataKey: 'x' }, dest: 'a' }], '{"a":"kept"}', events({}))).toBe('{"a":"kept"}');
  });
});

test('a payload in YAML is read like JSON', () => {
  const yaml = withData('name: web\nports:\n  - 8080\n', 'application/yaml');

  expect(apply([{ src: from('ports.0', { useRawData: true }), dest: 'port' }], '{}', yaml)).toBe('{"port":8080}');
  expect(() => apply([{ src: from('a'), dest: 'a' }], '{}', withData('a: b: c', 'application/yaml'))).toThrow(
    /^failed converting yaml event data to JSON: /,
  );
});

test('a payload of another media type has no paths', () => {
  expect(() => apply([{ src: from('a'), dest: 'a' }], '{}', withData('a', 'text/plain'))).toThrow(
    'unsupported event content type: text/plain',
  );
  expect(() => apply([{ src: from('a'), dest: 'a' }], '{}', withData('a', 'application/json'))).toThrow('event data is not valid JSON');
});

test('a place that cannot be set stops the firing', () => {
  expect(() => apply([{ src: from('a'), dest: 'list.x' }], '{"list":[]}', events({ a: 1 }))).toThrow(
    `cannot set "list.x": cannot set array element for non-numeric key 'x'`,
  );
});

test('whatever the data, it stays in the place that the author named', () => {
  const params: ParameterSpec[] = [{ src: from('v'), dest: 'metadata.name' }];
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const result = JSON.parse(apply(params, '{"kind":"Pod","metadata":{"name":""}}', events({ v: text })));

      expect(result).toEqual({ kind: 'Pod', metadata: { name: text } });
    }),
  );
});

test('a payload is built from nothing, without what took no part', () => {
  const payload = compilePayload([
    { src: { dependencyName: 'other', dataKey: 'x' }, dest: 'absent' },
    { src: from('n', { useRawData: true }), dest: 'n' },
  ]);

  expect(payload(events({ n: 5 }))).toBe('{"n":5}');
  expect(payload(new Map())).toBeUndefined();
});

test('a payload into which nothing could be set is none', () => {
  expect(compilePayload([{ src: from('n'), dest: 'list.#.n' }])(events({ n: 5 }))).toBeUndefined();
});

test('the time of an event without one is null', () => {
  const timeless = new Map([['dep', { ...buildEvent('1'), time: '' }]]);
  const source = { dependencyName: 'dep', contextKey: 'time', useRawData: true };

  expect(apply([{ src: source, dest: 'time' }], '{}', timeless)).toBe('{"time":null}');
});

test('what is suspicious or cannot be compiled is found when the rule is loaded', () => {
  const params: ParameterSpec[] = [
    { src: { dependencyName: 'dpe', dataKey: 'a' }, dest: 'a' },
    { src: from('a.#(b'), dest: 'a' },
    { src: { dependencyName: 'dep', dataTemplate: '{{ .Input | uper }}' }, dest: 'a' },
  ];

  expect(findingTexts(checkParameters(params, ['dep'], ['parameters']))).toEqual([
    'warning parameters.0.src.dependencyName: there is no dependency "dpe" (did you mean "dep"?)',
    'warning parameters.1.src.dataKey: path "a.#(b": the query #(b is not closed',
    'error parameters.2.src.dataTemplate: template: function "uper" not defined (did you mean "upper"?)',
  ]);
});
