import { expect, test } from 'vitest';
import { differences, says } from '../../../src/cli/rehearse/match.ts';
import type { Json } from '../../../src/core/json/json.ts';

const messages = (expected: Json, actual: Json | undefined, exact = false) =>
  differences(expected, actual, { exact }).map(({ path, message }) => `${path.join('/')}: ${message}`);

test.each<[string, Json, Json | undefined, string[]]>([
  ['fields that are not named do not count', { a: 1 }, { a: 1, b: 2 }, []],
  ['null says that a field must be absent', { a: null }, { a: 1 }, ['a: a is 1, and must not be there']],
  ['a field that is null is absent', { a: null }, { a: null }, []],
  ['nothing at all is absent', null, undefined, []],
  ['a list must be as long', [{ a: 1 }], [{ a: 1 }, { b: 2 }], [': it has 2 items, expected 1: [{"a":1},{"b":2}]']],
  ['the items of a list match by their fields', [{ a: 1 }, 2], [{ a: 1, b: 1 }, 3], ['1: [1] is 3, expected 2']],
  ['a map is no list', { 0: 'a' }, ['a'], [': it is ["a"], expected {"0":"a"}']],
  ['numbers keep their digits', 9007199254740993n, 9007199254740992, [': it is 9007199254740992, expected 9007199254740993']],
])('%s', (_name, expected, actual, found) => {
  expect(messages(expected, actual)).toEqual(found);
});

test('exactly, nothing may be there that is not named, and null is a value', () => {
  expect(messages({ a: { b: null } }, { a: { b: null, c: 1 } }, true)).toEqual(['a: a.c is 1, and is not expected']);
  expect(messages({ a: null }, {}, true)).toEqual(['a: a is not there, expected null']);
});

test('a text is a part of another, between slashes it is a regular expression', () => {
  expect([says('a.b', '.b'), says('a.b', 'a b'), says('a.b', '/^a.b$/'), says('a/b', '/b'), says('ab', '/^b/')]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});
