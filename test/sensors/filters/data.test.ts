import { describe, expect, test } from 'vitest';
import { compileDataFilter, type DataFilterSpec } from '../../../sensors/filters/data.ts';
import { EventData } from '../../../src/core/event/data.ts';
import { buildEvent } from '../../support/build-sensor.ts';
import { findingTexts } from '../../support/compile-sensor.ts';

const says = (filter: DataFilterSpec | DataFilterSpec[], data: object, operator = '') =>
  compileDataFilter([filter].flat(), operator, []).value(buildEvent('1', { data }));

describe('a data filter that says no tells what it found and what it wanted', () => {
  test.each<[DataFilterSpec, object, string]>([
    [{ path: 'a.b', type: 'string', value: ['^x$', 'y'] }, { a: { b: 'no' } }, 'a.b is "no", wanted "^x$" or "y"'],
    [{ path: 'a', type: 'string', comparator: '!=', value: ['x', '^xy?$'] }, { a: 'x' }, 'a is "x", wanted != "x" or != "^xy?$"'],
    [{ path: 'a', type: 'number', comparator: '>', value: ['5', '7'] }, { a: 3 }, 'a is 3, wanted > 5 or > 7'],
    [{ path: 'a', type: 'bool', value: ['true'] }, { a: false }, 'a is false, wanted true'],
    [{ path: 'a', type: 'string', value: ['x'] }, { a: 'y'.repeat(200) }, `a is "${'y'.repeat(118)}…, wanted "x"`],
  ])('%j on %j', (filter, data, because) => {
    expect(says(filter, data)).toEqual({ at: 'filters.data[0]', because });
  });
});

test('a value of a Secret stays hidden in the reason', () => {
  const filter: DataFilterSpec = { path: 'body.data.password', type: 'string', value: ['^x'] };
  const body = { data: { password: 'c2VjcmV0' } };

  expect(says(filter, { body: { kind: 'Secret', ...body } })?.because).toBe('body.data.password is <hidden>, wanted "^x"');
  expect(says(filter, { resource: 'secrets', body })?.because).toBe('body.data.password is <hidden>, wanted "^x"');
  expect(says(filter, { body: { kind: 'ConfigMap', ...body } })?.because).toBe('body.data.password is "c2VjcmV0", wanted "^x"');
});

test('an inequality with several values holds when any of them differs, as in Argo, and a warning says so', () => {
  const filter = (type: string, value: string[]): DataFilterSpec => ({ path: 'a', type, comparator: '!=', value });

  expect(says(filter('string', ['x', 'y']), { a: 'y' })).toBeUndefined();
  expect(says(filter('number', ['1', '2']), { a: 2 })).toBeUndefined();
  expect(says(filter('string', ['y']), { a: 'y' })).toBeDefined();
  expect(says(filter('number', ['2']), { a: 2 })).toBeDefined();
  expect(says(filter('bool', ['true']), { a: true })).toBeDefined();
  expect(compileDataFilter([filter('string', ['x', 'y'])], '', []).findings).toMatchObject([
    {
      severity: 'warning',
      path: [0, 'value'],
      message: '!= with several values passes when any one of them differs, which is nearly always',
      hint: 'for "none of these", write a filter for each value',
    },
  ]);
});

test('every clause must pass, and the one that did not is named', () => {
  const first: DataFilterSpec = { path: 'a', type: 'string', value: ['x'] };
  const second: DataFilterSpec = { path: 'b', type: 'string', value: ['y'] };

  expect(says([first, second], { a: 'x', b: 'y' })).toBeUndefined();
  expect(says([first, second], { a: 'x', b: 'n' })?.at).toBe('filters.data[1]');
});

test('with "or" one clause that passes is enough, and otherwise all are told', () => {
  const first: DataFilterSpec = { path: 'a', type: 'string', value: ['x'] };
  const second: DataFilterSpec = { path: 'b', type: 'string', value: ['y'] };

  expect(says([first, second], { b: 'y' }, 'or')).toBeUndefined();
  expect(says([first, second], { a: 'n', b: 'n' }, 'or')?.because).toBe('a is "n", wanted "x"; b is "n", wanted "y"');
  expect(says([first, second], {}, 'or')).toEqual({
    at: 'filters.data',
    because: "data filter errors [path 'a' does not exist / path 'b' does not exist]",
    failed: true,
  });
});

test('a payload that is not JSON is the event’s fault', () => {
  const filter = compileDataFilter([{ path: 'a', type: 'string', value: ['x'] }], '', []).value;

  const refusal = filter({ ...buildEvent('1'), data: EventData.fromText('not json') });

  expect(refusal?.because).toBe('data filter error (event data not valid JSON)');
  expect(refusal?.failed).toBe(true);
  expect(refusal?.error?.message).toBe('data filter error (the event is not JSON: unexpected "n" at line 1, column 1, wanted a value)');
  expect(refusal?.error?.code).toBe('EVENT_FILTER_FAILED');
});

test('a template that gives nothing, or fails, is told in the words of Argo Events', () => {
  const rewritten = (template: string): DataFilterSpec => ({ path: 'a', type: 'string', value: ['x'], template });

  expect(says(rewritten('{{ .Nope }}'), { a: 'x' })?.because).toBe(
    "data filter error (template '{{ .Nope }}' evaluated to empty string or no value)",
  );
  expect(says(rewritten('{{ fail "no" }}'), { a: 'x' })?.because).toBe('data filter error (template: error calling fail: no)');
});

test('a number that is too large to compare with is a problem, and so is one that is too large only for its author', () => {
  const number = (value: string): DataFilterSpec => ({ path: 'a', type: 'number', comparator: '<', value: [value] });

  expect(says(number('1e400'), { a: 1 })?.because).toBe('data filter error (strconv.ParseFloat: parsing "1e400": value out of range)');
  expect(says(number('+Inf'), { a: 1 })).toBeUndefined();
});

test('what can never work is found when the rule is loaded', () => {
  const broken: DataFilterSpec[] = [
    { path: 'a', type: 'text', value: ['x'] },
    { path: 'a', type: 'string', value: ['x', '('] },
    { path: 'a', type: 'number', value: ['many'] },
    { path: 'a', type: 'bool', value: ['maybe'] },
    { path: 'a', type: 'string', value: ['x'], comparator: '>' },
    { path: 'a', type: 'bool', value: ['true'], comparator: '<' },
    { path: 'a.#(b', type: 'string', value: ['x'] },
    { path: 'a', type: 'string', value: ['x'], template: '{{ .Input ' },
  ];

  expect(findingTexts(compileDataFilter(broken, '', ['data']).findings)).toEqual([
    "error data.0.type: unsupported JSON type 'text' (one of string, number, bool)",
    'error data.1.value.1: regular expression "(": missing closing ): `(` (patterns are RE2, as in Go: no look-around and no back-references)',
    'error data.2.value.0: strconv.ParseFloat: parsing "many": invalid syntax (write a number, such as "10" or "2.5")',
    'error data.3.value.0: strconv.ParseBool: parsing "maybe": invalid syntax (write "true" or "false")',
    'warning data.4.comparator: the comparator > means nothing to a string, so this filter never passes',
    'warning data.5.comparator: the comparator < means nothing to a bool, and is taken for =',
    'warning data.6.path: path "a.#(b": the query #(b is not closed',
    'error data.7.template: template: unclosed action (close it with }})',
  ]);
});
