import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileJq } from '../../../src/core/jq/index.ts';
import type { Json } from '../../../src/core/json/json.ts';
import { TestClock } from '../../support/clock.ts';
import { knownDifferences } from './known-differences.ts';

const all = (program: string, input: Json = null): Json[] => [...compileJq(program, { clock: new TestClock() }).all(input)];

test.each<[program: string, input: Json, outputs: Json[], why: string]>([
  ['[1, 2 | $__loc__.line]', null, [[1, 1]], 'jq knows where it stands, gojq does not'],
  ['ascii', 65, ['A'], 'jq 1.7'],
  ['toarray', 1, [[1]], 'jq 1.8'],
  ['have_literal_numbers', null, [true], 'jq 1.7'],
  ['@base32, (@base32 | @base32d)', 'hello', ['NBSWY3DP', 'hello'], 'jq has base 32'],
  ['{@base64 "\\(.)": 1}', 'a', [{ 'YQ==': 1 }], 'jq takes a format before a key'],
  ['date, dateadd("seconds"; 1), datesub("seconds"; 1)', 0, ['1970-01-01T00:00:00Z', 1, -1], 'jq 1.7'],
  ['1, halt, 2', null, [1], 'an end is no error'],
  ['debug, debug("x"), stderr', 1, [1, 1, 1], 'tried programs still run'],
  ['.a[.key]?', { a: { k: 1 }, key: 'k' }, [1], 'gojq looks for the key in the wrong place'],
  ['[localtime, gmtime] | unique | length', 5, [1], 'a rule does the same in every time zone'],
])('%s of %j is %j: %s', (program, input, outputs) => {
  expect(all(program, input)).toEqual(outputs);
});

test('`now` is the time of the clock it was given', () => {
  expect(all('now | todate')).toEqual(['2026-07-18T12:00:00Z']);
});

test('a program sees nothing of its process', () => {
  expect(all('env, $ENV, input_filename')).toEqual([{}, {}, null]);
});

test('all digits of an integer survive', () => {
  const id = 12345678901234567890n;

  expect(all('.id, .id + 1, (.id | tostring), (.id - 12345678901234567889), (.id == 12345678901234567890)', { id })).toEqual([
    id,
    id + 1n,
    '12345678901234567890',
    1,
    true,
  ]);
});

test('what every JavaScript object inherits is no field', () => {
  expect(all('.constructor, .toString, ."__proto__", has("valueOf"), .["hasOwnProperty"]', {})).toEqual([null, null, null, false, null]);
});

test('a field called __proto__ is a field like any other', () => {
  const input = JSON.parse('{"__proto__": {"a": 1}, "b": 2}') as Json;

  expect(
    all('.b = 3 | ."__proto__".a, keys, (del(.b) | keys), (with_entries(.) | keys), (."__proto__" = 5 | ."__proto__")', input),
  ).toEqual([1, ['__proto__', 'b'], ['__proto__'], ['__proto__', 'b'], 5]);
  expect(({} as { a?: number }).a).toBeUndefined();
});

test('keys are in the order of their code points, not of UTF-16 units', () => {
  expect(all('keys, sort_by(.)?', { '\u{1f600}': 1, '\uffff': 2, a: 3 })).toEqual([['a', '\uffff', '\u{1f600}']]);
});

test('the page lists what is known', () => {
  const page = readFileSync(new URL('../../../src/core/jq/README.md', import.meta.url), 'utf8');
  const section = /## Not as in gojq\n\n([\s\S]*?)\n\n/.exec(page)?.[1] ?? '';

  expect(section.split(/\n(?=- )/).map((line) => line.slice(2).replace(/\s+/g, ' '))).toEqual(knownDifferences.map(({ says }) => says));
});
